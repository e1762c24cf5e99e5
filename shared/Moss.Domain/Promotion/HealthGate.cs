using System.Globalization;

namespace Moss.Domain.Promotion;

/// <summary>When a started instance counts as healthy.</summary>
/// <param name="Passes">Rounds in a row in which every probe passes; at least 1.</param>
/// <param name="Interval">Time between two rounds.</param>
/// <param name="Window">How long all of it may take from the start of the process.</param>
public sealed record HealthTerms(int Passes, TimeSpan Interval, TimeSpan Window)
{
    /// <summary>False when even an instance that is healthy at once would run out of time.</summary>
    public bool CanPass => Passes >= 1 && Interval * (Passes - 1) < Window;
}

/// <summary>One round of probes, as it came out.</summary>
/// <param name="Round">1, 2, 3 …</param>
/// <param name="Passed">True when every probe passed.</param>
/// <param name="Detail">What failed, or what was seen.</param>
/// <param name="At">When the round began.</param>
public sealed record ProbeObservation(int Round, bool Passed, string Detail, DateTimeOffset At);

/// <summary>What the rounds so far say.</summary>
public abstract record HealthRuling
{
    private HealthRuling() { }

    /// <summary>Enough rounds in a row have passed.</summary>
    /// <param name="ServingSince">The first round of that row: since then it served.</param>
    public sealed record Passed(DateTimeOffset ServingSince) : HealthRuling;

    /// <summary>Ask again.</summary>
    /// <param name="Round">Number of the next round.</param>
    /// <param name="NotBefore">When.</param>
    public sealed record Pending(int Round, DateTimeOffset NotBefore) : HealthRuling;

    /// <summary>It cannot pass any more.</summary>
    public sealed record Failed(string Reason) : HealthRuling;
}

/// <summary>The fold of probe rounds.</summary>
public static class HealthGate
{
    /// <summary>Rules on the rounds.</summary>
    /// <param name="terms">What is asked.</param>
    /// <param name="rounds">All rounds, oldest first. Those before <paramref name="since"/> do not count.</param>
    /// <param name="since">When the process started, or when watching it was taken up again.</param>
    /// <param name="now">The present.</param>
    public static HealthRuling Judge(
        HealthTerms terms, IReadOnlyList<ProbeObservation> rounds, DateTimeOffset since, DateTimeOffset now)
    {
        var counted = rounds.Where(round => round.At >= since).ToList();
        var row = counted.AsEnumerable().Reverse().TakeWhile(round => round.Passed).ToList();
        if (row.Count >= terms.Passes)
        {
            return new HealthRuling.Passed(row[^1].At);
        }

        var next = counted.Count == 0 ? since : counted[^1].At + terms.Interval;
        var earliestEnd = (next > now ? next : now) + (terms.Interval * (terms.Passes - 1 - row.Count));
        return earliestEnd > since + terms.Window
            ? new HealthRuling.Failed(Reason(terms, counted, row.Count))
            : new HealthRuling.Pending(rounds.Count + 1, next);
    }

    private static string Reason(HealthTerms terms, List<ProbeObservation> rounds, int row)
    {
        var asked = string.Create(
            CultureInfo.InvariantCulture,
            $"{terms.Passes} passes in a row can no longer be reached within {terms.Window.TotalSeconds:0.#} s ({row} of {rounds.Count} rounds passed last)");
        return rounds.LastOrDefault(round => !round.Passed) is { } failed ? $"{asked}: {failed.Detail}" : asked;
    }
}
