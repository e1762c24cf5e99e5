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
}

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
