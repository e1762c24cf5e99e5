using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>Which version a trial ran.</summary>
public enum Arm
{
    /// <summary>The commit that the evolution started from.</summary>
    Baseline,

    /// <summary>The proposed commit.</summary>
    Candidate,
}

/// <summary>What a scenario is for in this evolution.</summary>
public enum Suite
{
    /// <summary>The failures to repair; the coding agent may see and run them.</summary>
    Batch,

    /// <summary>Held out: only the verdict runs them.</summary>
    Corpus,
}

/// <summary>How one trial ended; the kinds are never merged.</summary>
public enum TrialOutcome
{
    /// <summary>Every required grader passed.</summary>
    Passed,

    /// <summary>It ran to its end and a required grader did not pass.</summary>
    Failed,

    /// <summary>It did not end within its wall clock.</summary>
    TimedOut,

    /// <summary>It ended with an error, a signal, or without an answer.</summary>
    Crashed,

    /// <summary>The trial could not be run; says nothing about the version and is never counted.</summary>
    InfrastructureError,
}

/// <summary>What one grader said of one trial.</summary>
/// <param name="Keypoint">The grader's id.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Note">Why, in a line, when below 1.</param>
public sealed record KeypointResult(string Keypoint, double Score, string Note = "");

/// <summary>One replay of one scenario on one arm, graded.</summary>
/// <param name="Scenario">Scenario id.</param>
/// <param name="Suite">What the scenario is for.</param>
/// <param name="Arm">Which version ran.</param>
/// <param name="Index">0, 1, 2 …: the trials of both arms with one index are a pair (same seed, clock and fixtures).</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Score">0 to 1.</param>
/// <param name="Keypoints">A row per grader.</param>
public sealed record TrialResult(
    string Scenario, Suite Suite, Arm Arm, int Index, TrialOutcome Outcome, double Score, ImmutableArray<KeypointResult> Keypoints)
{
    /// <summary>Which process ran it, for people; empty when that was not written down.</summary>
    public string Runner { get; init; } = "";

    /// <summary>True when the trial says something about the version.</summary>
    public bool Counts => Outcome != TrialOutcome.InfrastructureError;

    /// <summary>True when every required grader passed.</summary>
    public bool Passed => Outcome == TrialOutcome.Passed;
}
