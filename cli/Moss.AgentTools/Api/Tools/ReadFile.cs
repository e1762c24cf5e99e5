using System.Globalization;

namespace Moss.AgentTools.Api.Tools;

/// <summary>Shows a file, or some of its lines.</summary>
internal sealed class ReadFile(Reach reach) : ITool
{
    private const int MostLines = 2000;

    public ToolOffer Offer { get; } = new(
        "read_file", $"Read a text file of the work tree or of the task. Shows {MostLines} lines at most; ask for the rest with offset.",
        """
        {"type":"object","properties":{"path":{"type":"string","description":"absolute, or relative to the work tree"},
        "offset":{"type":"integer","description":"first line, from 1"},"limit":{"type":"integer","description":"how many lines"}},"required":["path"]}
        """);

    public async Task<string> RunAsync(ToolInput input, CancellationToken cancellationToken)
    {
        var path = reach.ToRead(input.Text("path"));
        var (first, most) = (input.Number("offset", 1, 1, int.MaxValue), input.Number("limit", MostLines, 1, MostLines));
        var lines = (await TextFile.ReadAsync(path, cancellationToken)).Split('\n');
        var shown = lines.Skip(first - 1).Take(most).ToList();
        var text = string.Join('\n', shown);
        return shown.Count == lines.Length
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"{text}\n[lines {first} to {first + shown.Count - 1} of {lines.Length}]");
    }
}
