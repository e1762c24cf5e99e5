using System.Collections.Immutable;
using System.Text.Json;

namespace Moss.PatchGate;

/// <summary>What is asked for.</summary>
/// <param name="Programs">Folders of programs, absolute.</param>
/// <param name="Data">Trials that were run are kept below it, and taken from there the next time.</param>
/// <param name="AtOnce">Sandboxes at once, 1 or more.</param>
internal sealed record GateRequest(ImmutableArray<string> Programs, string Data, int AtOnce)
{
    /// <summary>When set, nothing is ruled on: each scenario of this folder is replayed once on each version, and what was answered is printed.</summary>
    public string? Questions { get; init; }

    /// <summary>When set, nothing is ruled on either: this scenario of each program is made smaller, whose one candidate repairs it.</summary>
    public MinimiseRequest? Minimise { get; init; }
}

/// <summary>Which scenario, and how many smaller ones may be tried.</summary>
internal sealed record MinimiseRequest(string Scenario, int Most);

/// <summary>A scenario with as little input as shows the same failure and the same repair.</summary>
/// <param name="Program">Name of its folder.</param>
/// <param name="Scenario">The file, graders included.</param>
/// <param name="Asked">Smaller ones that were tried, each on one version or both.</param>
/// <param name="Minimal">False when more could be tried.</param>
/// <param name="BytesBefore">Size of the input as JSON.</param>
/// <param name="Bytes">The same of what is left.</param>
internal sealed record MinimisedLine(string Program, string Scenario, int Asked, bool Minimal, int BytesBefore, int Bytes);

/// <summary>What was ruled on a candidate.</summary>
/// <param name="Program">Name of its folder.</param>
/// <param name="Candidate">Its name.</param>
/// <param name="VisibleOnly">By the visible scenarios alone.</param>
/// <param name="WithCorpus">By the visible and the held-out scenarios.</param>
/// <param name="Trials">Trials of the candidate that the rulings rest on.</param>
internal sealed record RuledLine(string Program, string Candidate, RuledAs VisibleOnly, RuledAs WithCorpus, int Trials);

/// <summary>A verdict and its reason.</summary>
/// <param name="Accepted">True when the verdict is Converged.</param>
/// <param name="Verdict">A verdict of the policy, or what kept the candidate from a ruling.</param>
/// <param name="Reason">For people, with names of scenarios.</param>
internal sealed record RuledAs(bool Accepted, string Verdict, string Reason);

/// <summary>What a version answered.</summary>
/// <param name="Program">Name of its folder.</param>
/// <param name="Candidate">Its name; empty for the base.</param>
/// <param name="Question">The scenario's id; empty when the version could not be built.</param>
/// <param name="Outcome">As the trial ended.</param>
/// <param name="Answer">The answer as it was left; empty when there is none.</param>
/// <param name="Note">Why, when there is none.</param>
internal sealed record AnsweredLine(string Program, string Candidate, string Question, string Outcome, string Answer, string Note);

/// <summary>How requests and answers are written.</summary>
internal static class GateJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web);
}

/// <summary>A set cannot be used; the message says which file, why, and what to do.</summary>
internal sealed class UnusableSetException(string message) : Exception(message);
