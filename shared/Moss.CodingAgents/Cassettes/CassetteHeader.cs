using Moss.CodingAgents.Providers;

namespace Moss.CodingAgents.Cassettes;

/// <summary>The first line of what the program of <see cref="ReplayCodingAgent"/> prints; what was recorded follows it.</summary>
/// <param name="Agent">Who was recorded.</param>
/// <param name="Reader">Who can read it.</param>
/// <param name="Refused">Why nothing follows; null when the recording does.</param>
internal sealed record CassetteHeader(string? Agent, string? Reader, string? Refused)
{
    /// <summary>Its <c>type</c>.</summary>
    public const string Type = "moss.cassette";

    /// <summary>Parts the header from what follows it; it is null when there is none.</summary>
    public static (CassetteHeader? Header, string Events) Cut(string output)
    {
        var end = output.IndexOf('\n', StringComparison.Ordinal);
        return end >= 0 && EventLines.Of(output[..end]) is [var line] && line.Text("type") == Type
            ? (new(line.Text("agent"), line.Text("reader"), line.Text("refused")), output[(end + 1)..])
            : (null, output);
    }
}
