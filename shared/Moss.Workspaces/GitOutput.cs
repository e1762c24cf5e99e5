using System.Collections.Immutable;
using System.Globalization;

namespace Moss.Workspaces;

/// <summary>One row of <c>git ls-tree -r</c>.</summary>
internal sealed record TreeEntry(string Mode, string Object, string Path)
{
    public bool IsFile => Mode.StartsWith("100", StringComparison.Ordinal);

    public bool IsLink => Mode == "120000";

    public bool IsSubmodule => Mode == "160000";
}

/// <summary>Reads what git prints with <c>-z</c>.</summary>
internal static class GitOutput
{
    /// <summary>What a byte that is not UTF-8 becomes on its way into a string.</summary>
    public const char NotText = '\uFFFD';

    public static ImmutableArray<string> Records(string output) => [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary><c>mode type object TAB path</c></summary>
    public static ImmutableArray<TreeEntry> Tree(string output) => [.. Records(output).Select(record =>
    {
        var tab = record.IndexOf('\t', StringComparison.Ordinal);
        var fields = record[..tab].Split(' ');
        return new TreeEntry(fields[0], fields[2], record[(tab + 1)..]);
    })];

    /// <summary><c>insertions TAB deletions TAB path</c>; dashes for a binary file.</summary>
    public static ImmutableArray<FileChange> Counts(string output) => [.. Records(output).Select(record =>
    {
        var fields = record.Split('\t', 3);
        return fields[0] == "-"
            ? new FileChange(fields[2], 0, 0, Binary: true)
            : new FileChange(fields[2], Number(fields[0]), Number(fields[1]));
    })];

    /// <summary><c>XY path</c></summary>
    public static ImmutableArray<string> Status(string output) => [.. Records(output).Select(record => record[3..])];

    /// <summary>The branch in <c>ref: refs/heads/… TAB HEAD</c>; null when HEAD is detached or unborn.</summary>
    public static string? HeadBranch(string output) => output
        .Split('\n')
        .Where(line => line.StartsWith("ref: refs/heads/", StringComparison.Ordinal))
        .Select(line => line["ref: refs/heads/".Length..].Split('\t')[0])
        .FirstOrDefault();

    /// <summary>The hash in <c>hash TAB HEAD</c>; null when HEAD is unborn.</summary>
    public static string? HeadCommit(string output) => output
        .Split('\n')
        .Where(line => line.EndsWith("\tHEAD", StringComparison.Ordinal) && !line.StartsWith("ref:", StringComparison.Ordinal))
        .Select(line => line.Split('\t')[0])
        .FirstOrDefault();

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
