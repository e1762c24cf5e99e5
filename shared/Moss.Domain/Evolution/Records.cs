using System.Collections.Immutable;
using Moss.Domain.Judgement;

namespace Moss.Domain.Evolution;

/// <summary>What kind of change would mend a failure.</summary>
public enum FailureClass
{
    /// <summary>A prompt, an example or a persona.</summary>
    Surface,

    /// <summary>Routing, hooks, state, dispatch, tool integration: the code.</summary>
    Structural,

    /// <summary>Nothing in the substrate: its model cannot do it.</summary>
    Model,

    /// <summary>An outage or a quota; never a reason to change code.</summary>
    Environment,
}

/// <summary>What the verdict asks for; declared by the substrate.</summary>
/// <param name="Alpha">Chance, over the whole evolution, to promote a change that does nothing; above 0, below 0.5.</param>
/// <param name="RegressionMargin">How far the pass rate of a corpus scenario may fall, 0 to 1.</param>
/// <param name="Generalisation">Share of held-out failures that must pass on the candidate, 0 to 1.</param>
/// <param name="LeastFailures">Fewest different failures that a promoted change repairs, 1 or more.</param>
public sealed record VerdictRules(double Alpha, double RegressionMargin, double Generalisation, int LeastFailures = 1);

/// <summary>Where the fault is.</summary>
public sealed record Diagnosis(string Artifact, string Summary, FailureClass FailureClass, ImmutableArray<string> Files);

/// <summary>What to change.</summary>
public sealed record Plan(string Artifact, string Summary, ImmutableArray<string> Files);

/// <summary>One commit on top of the base commit.</summary>
public sealed record Change(
    string Commit, string Tree, string DiffArtifact, string Summary, int FilesChanged, int Insertions, int Deletions);

/// <summary>A model's opinion.</summary>
public sealed record Proposal(Verdict Verdict, string Reason);

/// <summary>What became of an iteration.</summary>
/// <param name="Iteration">1, 2, 3 …</param>
/// <param name="Change">Null when there was no commit.</param>
/// <param name="Ruling">What Moss said.</param>
/// <param name="Trials">Both arms; empty when the candidate was never tried.</param>
public sealed record IterationRecord(int Iteration, Change? Change, IterationRuled Ruling, ImmutableArray<TrialResult> Trials)
{
    /// <summary>The commit that the candidate was compared with.</summary>
    public string Base { get; init; } = "";

    /// <summary>Whether the change was run by what passed; null where that was not looked at.</summary>
    public Firing? Firing { get; init; }
}

/// <summary>What a person allowed.</summary>
public sealed record Consent(string Approver, string Commit, string Tree, DateTimeOffset GivenAt, DateTimeOffset ExpiresAt, string? Image = null);

/// <summary>How it ended.</summary>
public sealed record Ending(Verdict Verdict, string Reason, bool Promoted, bool RolledBack);
