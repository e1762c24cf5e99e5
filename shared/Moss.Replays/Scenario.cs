using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Moss.Replays;

/// <summary>A replayable task with its graders. Graders never enter a trial worker.</summary>
/// <param name="Id">1 to 80 of <c>a-z A-Z 0-9 . _ -</c>; the file is <c>&lt;id&gt;.json</c>.</param>
/// <param name="Title">One line for people.</param>
/// <param name="Input">What the substrate gets, as it is.</param>
/// <param name="Graders">At least one.</param>
public sealed record Scenario(string Id, string Title, JsonNode? Input, ImmutableArray<Grader> Graders)
{
    /// <summary>Given to the trial as <c>seed</c> and as MOSS_SEED.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The time that the trial shall believe in, ISO 8601; MOSS_CLOCK.</summary>
    public string? Clock { get; init; }

    /// <summary>Free words.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];
}

/// <summary>One check on what a trial left. Each is a keypoint of its scenario.</summary>
/// <param name="Id">Unique in its scenario.</param>
public abstract record Grader(string Id)
{
    /// <summary>Share of this keypoint in the scenario's score, above 0.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The trial passes only when every required grader does.</summary>
    public bool Required { get; init; } = true;

    /// <summary>What is looked at.</summary>
    public GraderTarget Target { get; init; } = GraderTarget.Answer;

    /// <summary>The whole target equals a JSON value (answer) or a text (the others; line ends and outer blanks aside).</summary>
    public sealed record Exact(string Id, JsonNode? Value) : Grader(Id);

    /// <summary>The value at a path (<c>$.a.b[0]</c>) equals a JSON value.</summary>
    public sealed record JsonPathEquals(string Id, string Path, JsonNode? Value) : Grader(Id);

    /// <summary>The target's text matches a .NET regular expression (1 s limit); or must not, when <paramref name="Absent"/>.</summary>
    public sealed record Regex(string Id, string Pattern, bool Absent) : Grader(Id)
    {
        /// <summary>Look at the value at this path alone (a text as it is, anything else as compact JSON); the whole target when null.</summary>
        public string? Path { get; init; }
    }

    /// <summary>The number at a path is within an absolute tolerance of a value.</summary>
    public sealed record Numeric(string Id, string Path, double Value, double Tolerance) : Grader(Id);

    /// <summary>The value at a path fits a JSON Schema (the subset that <c>docs/scenarios.md</c> lists).</summary>
    public sealed record Schema(string Id, string Path, JsonNode Definition) : Grader(Id);

    /// <summary>
    /// A program from the scenario folder, run in a sandbox of its own that sees what the trial left, read-only, at
    /// <c>/moss/out</c>, and not the candidate's source. It prints one JSON object, <c>{"score": 0..1, "note": "…"}</c>.
    /// </summary>
    public sealed record Script(string Id, ImmutableArray<string> Command) : Grader(Id);

    /// <summary>
    /// A model answers a question about the target, several times; most votes decide. It decides nothing unless it is steady and agrees with
    /// the labels.
    /// </summary>
    /// <param name="Id">As of any grader.</param>
    /// <param name="Question">One that yes or no answers; yes satisfies it.</param>
    /// <param name="Labels">Texts with their answer, on which the judge is measured.</param>
    public sealed record Judge(string Id, string Question, ImmutableArray<JudgeLabel> Labels) : Grader(Id)
    {
        /// <summary>Look at the value at this path alone (a text as it is, anything else as compact JSON); the whole target when null.</summary>
        public string? Path { get; init; }
    }
}

/// <summary>A text with the answer that a person gave.</summary>
public sealed record JudgeLabel(string Text, bool Holds);

/// <summary>What a grader looks at.</summary>
public enum GraderTarget
{
    /// <summary><c>/moss/out/answer.json</c>.</summary>
    Answer,

    /// <summary><c>/moss/out/transcript.jsonl</c> as text.</summary>
    Transcript,

    /// <summary>Standard output of the trial.</summary>
    Output,
}
