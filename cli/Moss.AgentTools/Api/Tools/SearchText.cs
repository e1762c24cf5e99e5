using System.Globalization;
using System.Text.RegularExpressions;

namespace Moss.AgentTools.Api.Tools;

/// <summary>Finds lines by a regular expression.</summary>
internal sealed class SearchText(Reach reach) : ITool
{
    private const int Most = 200;
    private const int LongestLine = 300;
    private const long LargestFile = 2 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public ToolOffer Offer { get; } = new(
        "search", $"Search the text files of a folder line by line with a regular expression (.NET syntax). Answers path:line: text, {Most} lines at most.",
        """
        {"type":"object","properties":{"pattern":{"type":"string","description":"regular expression"},
        "path":{"type":"string","description":"a folder or a file; the work tree when left out"}},"required":["pattern"]}
        """);

    public Task<string> RunAsync(ToolInput input, CancellationToken cancellationToken)
    {
        var pattern = Pattern(input.Text("pattern"));
        var files = Reach.Files(reach.ToRead(input.OptionalText("path") ?? "."));
        try
        {
            var found = files.Where(file => new FileInfo(file).Length is > 0 and <= LargestFile).SelectMany(file => Lines(file, pattern)).Take(Most + 1).ToList();
            var text = string.Join('\n', found.Take(Most));
            return Task.FromResult(found.Count == 0 ? "[nothing found]" : found.Count <= Most ? text : $"{text}\n[there are more: search for less]");
        }
        catch (RegexMatchTimeoutException)
        {
            throw new ToolException("'pattern' takes too long on a line: use a simpler one");
        }
    }

    private IEnumerable<string> Lines(string file, Regex pattern)
    {
        var text = File.ReadAllText(file);
        return text.Contains('\0') ? [] : text.Split('\n').Index().Where(line => pattern.IsMatch(line.Item.TrimEnd('\r')))
            .Select(line => string.Create(CultureInfo.InvariantCulture, $"{reach.Shown(file)}:{line.Index + 1}: {BoundedText.Of(line.Item.TrimEnd('\r'), LongestLine)}"));
    }

    private static Regex Pattern(string text)
    {
        try
        {
            return new(text, RegexOptions.CultureInvariant, Patience);
        }
        catch (ArgumentException wrong)
        {
            throw new ToolException($"'pattern' is no regular expression: {wrong.Message}");
        }
    }
}
