using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Moss.CodingAgents.Cassettes;

/// <summary>One call of an agent, kept so that it can be had again without the agent: what it was asked and what it did.</summary>
/// <param name="Assignment">What it was asked.</param>
/// <param name="Recording">What it did.</param>
internal sealed record Cassette(AssignmentPrint Assignment, Recording Recording)
{
    /// <summary>Version of the file.</summary>
    public const int Format = 1;

    /// <summary>What <see cref="Recording.Reader"/> says of a program without events: its exit code and its report are all that counts.</summary>
    public const string PlainReader = "report";

    /// <summary>Name of its file; a later call with the same assignment takes the place of an earlier one.</summary>
    [JsonIgnore]
    public string FileName => $"{Assignment.Role}-{Assignment.Hash[..12]}.json";
}

/// <summary>What an agent did.</summary>
/// <param name="Agent">Its name.</param>
/// <param name="Model">The model that it was declared to ask; null when Moss does not know.</param>
/// <param name="Reader">The provider that can read its events, or <see cref="Cassette.PlainReader"/>.</param>
/// <param name="ExitCode">Of its program.</param>
/// <param name="Events">What it printed, split at line feeds: joined with them again it is the same to the byte.</param>
/// <param name="Error">What it printed on standard error.</param>
/// <param name="Diff">What it changed, as git writes it; empty for nothing.</param>
/// <param name="Report">Content of its <c>report.json</c>; null when there was none.</param>
internal sealed record Recording(
    string Agent, string? Model, string Reader, int ExitCode, ImmutableArray<string> Events, string Error, string Diff, string? Report)
{
    /// <summary>Of everything.</summary>
    [JsonPropertyOrder(-1)]
    public string Hash => Digest.Of([Agent, Model, Reader, FormattableString.Invariant($"{ExitCode}"), string.Join('\n', Events), Error, Diff, Report]);
}
