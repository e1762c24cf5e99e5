using Moss.AgentTools.Try;

namespace Moss.AgentTools.Search.Localisation;

/// <summary>
/// How suspicious each line is, by Ochiai over the lines that failing and passing scenarios execute. A scenario counts as a
/// pass to the degree of its score, so that it still tells something when nothing passes whole.
/// </summary>
internal sealed class Spectrum
{
    private readonly Dictionary<(string Path, int Line), double> _suspicion = [];

    private Spectrum(bool isKnown) => IsKnown = isKnown;

    /// <summary>False when no scenario told which lines it ran: then every line is as suspicious as any other.</summary>
    public bool IsKnown { get; }

    /// <summary>Lines that a failing scenario executes, most suspicious first, then in the order of the text.</summary>
    public IEnumerable<(string Path, int Line, double Suspicion)> Lines => _suspicion
        .Where(entry => entry.Value > 0)
        .OrderByDescending(entry => entry.Value)
        .ThenBy(entry => entry.Key.Path, StringComparer.Ordinal)
        .ThenBy(entry => entry.Key.Line)
        .Select(entry => (entry.Key.Path, entry.Key.Line, entry.Value));

    public static Spectrum Of(IEnumerable<TryResult> results)
    {
        var rows = results.ToList();
        var spectrum = new Spectrum(rows.Any(r => !r.Passed && r.Coverage.Count > 0));
        var allFailed = rows.Sum(Failed);
        var (failed, passed) = (new Dictionary<(string, int), double>(), new Dictionary<(string, int), double>());
        foreach (var row in rows)
        {
            foreach (var place in row.Coverage.SelectMany(file => file.Value.Distinct().Select(line => (file.Key, line))))
            {
                failed[place] = failed.GetValueOrDefault(place) + Failed(row);
                passed[place] = passed.GetValueOrDefault(place) + (1 - Failed(row));
            }
        }

        foreach (var (place, weight) in failed)
        {
            spectrum._suspicion[place] = weight == 0 ? 0 : weight / Math.Sqrt(allFailed * (weight + passed[place]));
        }

        return spectrum;
    }

    public double At(string path, int line) => IsKnown ? _suspicion.GetValueOrDefault((path, line)) : 1;

    /// <summary>The most suspicious of some lines.</summary>
    public double At(string path, int first, int last)
    {
        var most = 0.0;
        for (var line = first; line <= last; line++)
        {
            most = Math.Max(most, At(path, line));
        }

        return most;
    }

    /// <summary>A scenario that does not pass failed at least a little.</summary>
    private static double Failed(TryResult row) => row.Passed ? 0 : Math.Max(0.05, 1 - row.Score);
}
