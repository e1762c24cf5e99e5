namespace Moss.AgentTools.Api.Tools;

/// <summary>Replaces a text that is in a file exactly once: with any other number the model did not see what it changes.</summary>
internal sealed class EditFile(Reach reach) : ITool
{
    public ToolOffer Offer { get; } = new(
        "edit_file", "Replace a text in a file of the work tree. old_string must occur in it exactly once: take in lines around it until it does.",
        """
        {"type":"object","properties":{"path":{"type":"string","description":"absolute, or relative to the work tree"},
        "old_string":{"type":"string","description":"what is there now, to the letter"},"new_string":{"type":"string","description":"what shall be there instead"}},
        "required":["path","old_string","new_string"]}
        """);

    public async Task<string> RunAsync(ToolInput input, CancellationToken cancellationToken)
    {
        var path = reach.ToWrite(input.Text("path"));
        var (old, fresh) = (input.Text("old_string"), input.Text("new_string"));
        var text = await TextFile.ReadAsync(path, cancellationToken);
        await TextFile.WriteAsync(path, Replaced(text, old, fresh), cancellationToken);
        return $"{reach.Shown(path)} is changed";
    }

    /// <summary>Pure.</summary>
    public static string Replaced(string text, string old, string fresh)
    {
        var at = old.Length == 0 ? throw new ToolException("'old_string' is empty: use write_file for a new file") : text.IndexOf(old, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new ToolException($"'old_string' is not in the file{(text.Contains('\r') && old.Contains('\n') ? ", whose lines end with \\r\\n" : "")}: read it again");
        }

        return text.IndexOf(old, at + 1, StringComparison.Ordinal) < 0
            ? string.Concat(text.AsSpan(0, at), fresh, text.AsSpan(at + old.Length))
            : throw new ToolException("'old_string' is in the file more than once: take in more of the lines around it");
    }
}
