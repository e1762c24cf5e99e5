using System.Collections.Immutable;
using System.Globalization;
using Moss.AgentTools.Search.Localisation;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Roles;

/// <summary>Where the fault may be: the files whose lines the failing scenarios execute more than the passing ones.</summary>
internal static class LocateRole
{
    private const int MostFiles = 8;

    /// <summary>Where nothing tells files apart, as when all scenarios fail, none of them is left out by its name.</summary>
    private const int MostFilesOfEqualSuspicion = 64;

    private const double ShareOfTop = 0.6;

    public static async Task<LocateReport> RunAsync(Desk desk, CancellationToken cancellationToken)
    {
        var results = await desk.ReplayAsync(desk.WithCoverage, cancellationToken);
        var spectrum = Spectrum.Of(results);
        var files = spectrum.IsKnown ? Suspects(desk, results, spectrum) : Unknown(desk);
        var failing = results.Where(r => !r.Passed).Select(r => r.Scenario).ToList();
        var way = spectrum.IsKnown
            ? "ranked by the lines that failing scenarios execute and passing ones do not (Ochiai)"
            : "not ranked: no scenario told which lines it executes";
        return new LocateReport(
            string.Create(CultureInfo.InvariantCulture, $"{failing.Count} of {results.Length} scenarios fail ({Shorten(failing)}). {files.Length} editable files, {way}."),
            "Structural",
            files);
    }

    private static ImmutableArray<SuspectFile> Suspects(Desk desk, ImmutableArray<TryResult> results, Spectrum spectrum)
    {
        var editable = desk.Assignment.EditableFiles.ToHashSet(StringComparer.Ordinal);
        var lines = spectrum.Lines.Where(l => editable.Contains(l.Path)).ToList();
        var crashed = Crash.Of(results, editable);
        var top = lines.Select(l => l.Suspicion).DefaultIfEmpty().Max();
        var ranked = lines.GroupBy(l => l.Path)
            .Select(f => (File: f, Rank: f.Max(l => l.Suspicion) + (crashed.Any(c => c.Path == f.Key) ? 1 : 0)))
            .OrderByDescending(f => f.Rank).ThenByDescending(f => f.File.Count()).ThenBy(f => f.File.Key, StringComparer.Ordinal)
            .ToList();
        var last = ranked.Take(MostFiles).Select(f => f.Rank).LastOrDefault();
        return [.. ranked.TakeWhile(f => f.Rank >= last).Take(MostFilesOfEqualSuspicion).Select(f => Suspect(f.File.Key, [.. f.File], top, crashed))];
    }

    private static SuspectFile Suspect(
        string path, List<(string Path, int Line, double Suspicion)> lines, double top, IReadOnlyList<Crash> crashed)
    {
        var most = lines.Max(l => l.Suspicion);
        var kept = lines.Where(l => l.Suspicion >= most * ShareOfTop).Select(l => l.Line).Order().ToList();
        var crash = crashed.Where(c => c.Path == path).Select(c => c.Line).Distinct().Order().ToList();
        var reason = string.Create(CultureInfo.InvariantCulture, $"suspicion {most / top:0.00} of the highest, {kept.Count} lines");
        return new SuspectFile(path, Ranges(kept), crash.Count == 0 ? reason : $"{reason}; a failing scenario crashes at line {string.Join(", ", crash)}");
    }

    private static ImmutableArray<LineRange> Ranges(List<int> lines)
    {
        var ranges = ImmutableArray.CreateBuilder<LineRange>();
        foreach (var line in lines)
        {
            if (ranges.Count > 0 && line <= ranges[^1].End + 2)
            {
                ranges[^1] = ranges[^1] with { End = line };
            }
            else
            {
                ranges.Add(new LineRange(line, line));
            }
        }

        return ranges.ToImmutable();
    }

    private static ImmutableArray<SuspectFile> Unknown(Desk desk) =>
    [
        .. desk.Assignment.EditableFiles
            .Where(f => desk.Languages.Any(l => l.Reads(f)))
            .Select(f => new SuspectFile(f, [], "editable source; which lines run is not known")),
    ];

    private static string Shorten(List<string> scenarios) =>
        string.Join(", ", scenarios.Take(8)) + (scenarios.Count > 8 ? string.Create(CultureInfo.InvariantCulture, $" and {scenarios.Count - 8} more") : "");
}
