using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Replays;

namespace Moss.CodingAgents.Cases;

/// <summary>Which case a role works on.</summary>
/// <param name="Key">Stage key as text.</param>
/// <param name="Subject">What the evolution is about.</param>
/// <param name="Substrate">The substrate at the base commit.</param>
/// <param name="WorkTree">Absolute path of the source that the agent sees; it may be another commit's.</param>
public sealed record CaseRequest(string Key, Subject Subject, LoadedSubstrate Substrate, string WorkTree)
{
    /// <summary>Key of the round of this stage before; null for the first.</summary>
    public string? EarlierKey { get; init; }

    /// <summary>Surface, Structural, Model or Environment, once it is known.</summary>
    public string? FailureClass { get; init; }

    /// <summary>Hash of the diagnosis.</summary>
    public string? DiagnosisArtifact { get; init; }

    /// <summary>Hash of the plan.</summary>
    public string? PlanArtifact { get; init; }

    /// <summary>Hash of the diff under review.</summary>
    public string? DiffArtifact { get; init; }

    /// <summary>What the trials of the batch showed, JSON.</summary>
    public string? Results { get; init; }

    /// <summary>Why the last round was rejected.</summary>
    public string? Feedback { get; init; }

    /// <summary>Earlier candidates, oldest first.</summary>
    public IReadOnlyList<PriorAttempt> Attempts { get; init; } = [];

    /// <summary>Trials of the base commit; rows that are not of the batch are left out of everything.</summary>
    public IReadOnlyList<TrialReport> Baseline { get; init; } = [];

    /// <summary>Money that a call may still cost, in US dollars.</summary>
    public decimal DollarsLeft { get; init; } = decimal.MaxValue;
}
