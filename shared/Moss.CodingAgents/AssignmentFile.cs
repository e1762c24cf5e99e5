using System.Collections.Immutable;

namespace Moss.CodingAgents;

/// <summary>
/// <c>assignment.json</c> in the task folder: the same facts as the prompt, for programs. Only what the agent may know is in
/// it; nothing of a held-out scenario, not even its name.
/// </summary>
/// <param name="Key">Stage key as text.</param>
/// <param name="Role">As in <see cref="CodingAgents.Role"/>, kebab case.</param>
/// <param name="Substrate">Name.</param>
/// <param name="Scenarios">The batch.</param>
/// <param name="EditableFiles">Files of the work tree that may be changed, sorted.</param>
public sealed record AssignmentFile(
    string Key, string Role, string Substrate, ImmutableArray<ScenarioBrief> Scenarios, ImmutableArray<string> EditableFiles)
{
    /// <summary>The diagnosis (locate report, JSON), once there is one.</summary>
    public string? Diagnosis { get; init; }

    /// <summary>The plan (plan report, JSON), once there is one.</summary>
    public string? Plan { get; init; }

    /// <summary>The change under review, unified diff.</summary>
    public string? Diff { get; init; }

    /// <summary>Surface, Structural, Model or Environment, once it is known.</summary>
    public string? FailureClass { get; init; }

    /// <summary>What the trials of the batch showed (JSON), for ProposeVerdict.</summary>
    public string? Results { get; init; }

    /// <summary>Why the last round of this stage was rejected.</summary>
    public string? Feedback { get; init; }

    /// <summary>Earlier candidates of this batch and what became of them, oldest first.</summary>
    public ImmutableArray<Attempt> Attempts { get; init; } = [];

    /// <summary>Seconds that the agent has.</summary>
    public double TimeoutSeconds { get; init; }

    /// <summary>Language of cheap line coverage (<c>python</c>); null for none.</summary>
    public string? Coverage { get; init; }
}

/// <summary>A failure to repair.</summary>
/// <param name="Id">Scenario id; its file is <c>scenarios/&lt;id&gt;.json</c>.</param>
/// <param name="Title">One line.</param>
/// <param name="Complaint">What a person said, verbatim; empty when nobody did.</param>
/// <param name="BaselineScore">Mean score at baseline, 0 to 1.</param>
public sealed record ScenarioBrief(string Id, string Title, string Complaint, double BaselineScore);

/// <summary>An earlier candidate.</summary>
/// <param name="Iteration">Which.</param>
/// <param name="Diff">Unified diff against the start.</param>
/// <param name="Outcome">Verdict or refusal, in a line, without details of held-out scenarios.</param>
/// <param name="BatchScore">Mean score over the batch, 0 to 1; 0 when it was never tried.</param>
public sealed record Attempt(int Iteration, string Diff, string Outcome, double BatchScore);
