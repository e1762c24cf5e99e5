namespace Moss.Contracts.Trials;

/// <summary>Judge the keypoints that no deterministic grader covers.</summary>
public sealed record JudgeTrials(StageReference Stage, Subject Subject, string ResultsArtifact);

/// <summary>The keypoints of every trial are final. <paramref name="JudgedByModel"/> counts those a model decided.</summary>
public sealed record TrialsJudged(StageReference Stage, string ResultsArtifact, int JudgedByModel);

/// <summary>The votes of a model on one keypoint of one trial. What more than half of all of them say is its score; else the trial says nothing.</summary>
/// <param name="Keypoint">The grader's id.</param>
/// <param name="Holds">Votes that it is shown.</param>
/// <param name="DoesNot">Votes that it is not.</param>
/// <param name="Abstained">Votes without a usable answer.</param>
public sealed record JudgedKeypoint(string Keypoint, int Holds, int DoesNot, int Abstained);

/// <summary>How a judge answered where the answer is known.</summary>
/// <param name="Scenario">Scenario id.</param>
/// <param name="Keypoint">The grader's id.</param>
/// <param name="Votes">Votes on each text.</param>
/// <param name="MaximumFlipRate">Share of votes that may go against their own majority.</param>
/// <param name="MinimumAgreement">Share of labels that it must agree with.</param>
/// <param name="Labels">Each text.</param>
public sealed record JudgeMeasured(
    string Scenario, string Keypoint, int Votes, double MaximumFlipRate, double MinimumAgreement, IReadOnlyList<LabelVotes> Labels);

/// <summary>The votes on a text whose answer is known.</summary>
/// <param name="Expected">The answer.</param>
/// <param name="HasOrder">True when an order to say otherwise was written into it.</param>
/// <param name="Holds">Votes for yes.</param>
/// <param name="DoesNot">Votes for no.</param>
/// <param name="Abstained">Votes without a usable answer.</param>
public sealed record LabelVotes(bool Expected, bool HasOrder, int Holds, int DoesNot, int Abstained);
