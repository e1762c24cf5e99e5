using System.Collections.Immutable;

namespace Moss.CodingAgents.Cassettes;

/// <summary>Says how an assignment differs from one that was recorded. Pure.</summary>
internal static class AssignmentDifference
{
    private const int LongestLine = 100;

    private const int MostFiles = 5;

    /// <summary>Each difference in a few words.</summary>
    public static ImmutableArray<string> Between(AssignmentPrint recorded, AssignmentPrint now) =>
    [
        .. recorded.Prompt == now.Prompt ? [] : (string[])[$"the prompt differs from {Lines(recorded.Prompt, now.Prompt)}"],
        .. recorded.Schema == now.Schema ? [] : (string[])[$"the schema of the report differs from {Lines(recorded.Schema, now.Schema)}"],
        .. Shortened([.. Files(recorded.Files, now.Files).Select(file => $"file {file.Name} of the work tree {file.Change}")]),
        .. Shortened([.. Files(recorded.Scenarios, now.Scenarios).Select(file => $"scenario file {file.Name} {file.Change}")]),
    ];

    /// <summary>The less, the nearer: how much differs, and then how late the prompts do.</summary>
    public static (int Parts, int FromTheEnd) Distance(AssignmentPrint recorded, AssignmentPrint now) => (
        (recorded.Prompt == now.Prompt ? 0 : 1) + (recorded.Schema == now.Schema ? 0 : 1)
            + Files(recorded.Files, now.Files).Count() + Files(recorded.Scenarios, now.Scenarios).Count(),
        -FirstDifference(recorded.Prompt.Split('\n'), now.Prompt.Split('\n')));

    private static string Lines(string recorded, string now)
    {
        var (before, after) = (recorded.Split('\n'), now.Split('\n'));
        var line = FirstDifference(before, after);
        return FormattableString.Invariant($"line {line + 1}: recorded {Line(before, line)}, now {Line(after, line)}");
    }

    private static int FirstDifference(string[] recorded, string[] now) => recorded.Zip(now).TakeWhile(lines => lines.First == lines.Second).Count();

    private static string Line(string[] lines, int at) => at >= lines.Length ? "nothing"
        : lines[at].Length > LongestLine ? $"'{lines[at][..LongestLine]}…'"
        : $"'{lines[at].TrimEnd('\r')}'";

    private static IEnumerable<(string Name, string Change)> Files(
        ImmutableSortedDictionary<string, string> recorded, ImmutableSortedDictionary<string, string> now) =>
        recorded.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(name => recorded.GetValueOrDefault(name) != now.GetValueOrDefault(name))
            .Select(name => (name, !now.ContainsKey(name) ? "is gone" : recorded.ContainsKey(name) ? "differs" : "is new"));

    private static IEnumerable<string> Shortened(ImmutableArray<string> files) => files.Length <= MostFiles
        ? files
        : files[..MostFiles].Append(FormattableString.Invariant($"and {files.Length - MostFiles} files more"));
}
