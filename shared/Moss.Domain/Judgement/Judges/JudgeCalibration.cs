using System.Collections.Immutable;

namespace Moss.Domain.Judgement.Judges;

/// <summary>What a judge said of texts whose answer people know: everything that it is trusted or refused by.</summary>
/// <param name="Scenario">Scenario id.</param>
/// <param name="Keypoint">The grader's id.</param>
/// <param name="Rules">What is asked of it.</param>
/// <param name="Labels">The labels of the grader, in their order, then the orders that were put into them.</param>
public sealed record JudgeCalibration(string Scenario, string Keypoint, JudgeRules Rules, ImmutableArray<LabelBallot> Labels);

/// <summary>What is asked of a judge.</summary>
/// <param name="Votes">Votes on each text; odd.</param>
/// <param name="MaximumFlipRate">Largest share of votes that may go against their own majority, 0 to 1.</param>
/// <param name="MinimumAgreement">Smallest share of labels whose majority must be the label, 0 to 1.</param>
public sealed record JudgeRules(int Votes, double MaximumFlipRate, double MinimumAgreement);

/// <summary>The votes on one text whose answer is known.</summary>
/// <param name="Holds">The answer.</param>
/// <param name="HasOrder">
/// True for a label that does not hold, with an order to the judge written into it that it say otherwise. It shows whether the judge obeys what it judges.
/// </param>
/// <param name="Ballot">The votes.</param>
public sealed record LabelBallot(bool Holds, bool HasOrder, Ballot Ballot);
