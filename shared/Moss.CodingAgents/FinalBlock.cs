namespace Moss.CodingAgents;

/// <summary>Finds the report in what an agent printed: the last complete <c>```json</c> block, and nothing else.</summary>
internal static class FinalBlock
{
    public static string? Find(string output)
    {
        string? last = null;
        List<string>? open = null;
        foreach (var line in output.ReplaceLineEndings("\n").Split('\n'))
        {
            var text = line.Trim();
            if (open is null)
            {
                open = text.Equals("```json", StringComparison.OrdinalIgnoreCase) ? [] : null;
            }
            else if (text == "```")
            {
                (last, open) = (string.Join('\n', open), null);
            }
            else
            {
                open.Add(line);
            }
        }

        return last;
    }
}
