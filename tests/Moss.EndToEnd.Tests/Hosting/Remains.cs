using Moss.EndToEnd.Tests.Substrates;
using Moss.Processes;
using Moss.Sandboxes.Ceilings;

namespace Moss.EndToEnd.Tests.Hosting;

/// <summary>What a Moss that has ended should have taken with it.</summary>
internal static class Remains
{
    /// <summary>A line for each thing that is left of the work on these substrates; their deployed services stay.</summary>
    public static IReadOnlyList<string> Of(MossBench bench, params IEnumerable<Till> tills) =>
    [
        .. Below(bench, "worktrees", "sessions", "sandboxes"),
        .. tills.SelectMany(till => till.Workers()).Select(process => $"process {process}"),
        .. Naming(bench.Data).Except(tills.SelectMany(till => till.Instances())).Select(process => $"process {process}, which names the data folder"),
        .. MachineCeilings.Roots().SelectMany(Directory.EnumerateDirectories).Where(folder => bench.Lives.Any(life => folder.EndsWith($"-{life}", StringComparison.Ordinal))),
    ];

    /// <summary>What is in these folders of the data folder.</summary>
    public static IReadOnlyList<string> Below(MossBench bench, params IEnumerable<string> folders) =>
        [.. folders.Select(name => Path.Combine(bench.Data, name)).Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries)];

    /// <summary>Processes with the folder in their command line: git, bubblewrap and the like.</summary>
    private static IEnumerable<ProcessIdentity> Naming(string folder) => Directory.EnumerateDirectories("/proc")
        .Where(entry => int.TryParse(Path.GetFileName(entry), out _) && CommandLine(entry).Contains(folder, StringComparison.Ordinal))
        .Select(entry => ProcessTable.Identify(int.Parse(Path.GetFileName(entry), System.Globalization.CultureInfo.InvariantCulture)))
        .OfType<ProcessIdentity>();

    private static string CommandLine(string entry)
    {
        try
        {
            return File.ReadAllText(Path.Combine(entry, "cmdline"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
