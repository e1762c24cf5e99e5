using System.Globalization;

namespace Moss.Domain.Promotion;

/// <summary>
/// The fold of probe rounds: first the startup, then enough passes in a row, then a time in which it stays so. The three are kept
/// apart as in Kubernetes: slow to start is not sick, and sick is not dead.
/// </summary>
public static class HealthGate
{
    /// <summary>Failed rounds in a row that end it once it was healthy, or when a probe of its life fails.</summary>
    public const int FailuresInARow = 3;

    /// <summary>Rules on the rounds.</summary>
    /// <param name="terms">What is asked.</param>
    /// <param name="rounds">All rounds, oldest first. Those before <paramref name="since"/> do not count.</param>
    /// <param name="since">When the process started, or when watching it was taken up again.</param>
    /// <param name="now">The present.</param>
    public static HealthRuling Judge(
        HealthTerms terms, IReadOnlyList<ProbeObservation> rounds, DateTimeOffset since, DateTimeOffset now)
    {
        var counted = rounds.Where(round => round.At >= since).ToList();
        if (terms.Startup > TimeSpan.Zero)
        {
            var startup = counted.Where(round => round.Kind == ProbeKind.Startup).ToList();
            if (startup.Find(round => round.Passed) is not { } up)
            {
                return Starting(terms, startup, since, now, rounds.Count);
            }

            (counted, since) = (counted.FindAll(round => round.Kind == ProbeKind.Readiness), up.At);
        }

        if (InARow(counted, round => !round.Alive) >= FailuresInARow)
        {
            return new HealthRuling.Failed($"it does not live: {counted[^1].Detail}");
        }

        return FirstRow(counted, terms.Passes) is { } row
            ? Staying(terms, counted, row, rounds.Count)
            : Coming(terms, counted, since, now, rounds.Count);
    }

    private static HealthRuling Starting(HealthTerms terms, List<ProbeObservation> startup, DateTimeOffset since, DateTimeOffset now, int asked)
    {
        var next = startup.Count == 0 ? since : startup[^1].At + terms.Interval;
        return (next > now ? next : now) > since + terms.Startup
            ? new HealthRuling.Failed(string.Create(
                CultureInfo.InvariantCulture, $"it did not start within {terms.Startup.TotalSeconds:0.#} s: {startup.LastOrDefault()?.Detail ?? "it was not asked"}"))
            : new HealthRuling.Pending(asked + 1, next) { Kind = ProbeKind.Startup };
    }

    private static HealthRuling Coming(HealthTerms terms, List<ProbeObservation> counted, DateTimeOffset since, DateTimeOffset now, int asked)
    {
        var row = InARow(counted, round => round.Passed);
        var next = counted.Count == 0 ? since : counted[^1].At + terms.Interval;
        var earliestEnd = (next > now ? next : now) + (terms.Interval * (terms.Passes - 1 - row));
        return earliestEnd > since + terms.Window
            ? new HealthRuling.Failed(Reason(terms, counted, row))
            : new HealthRuling.Pending(asked + 1, next);
    }

    private static HealthRuling Staying(HealthTerms terms, List<ProbeObservation> counted, (int First, int Last) row, int asked)
    {
        var healthyAt = counted[row.Last].At;
        if (counted[^1] is { Passed: true } last && last.At >= healthyAt + terms.MinimumHealthy)
        {
            return new HealthRuling.Passed(counted[row.First].At);
        }

        return InARow(counted, round => !round.Passed) >= FailuresInARow
            ? new HealthRuling.Failed($"it was healthy and did not stay so: {counted[^1].Detail}")
            : new HealthRuling.Pending(asked + 1, Earlier(counted[^1].At + terms.Interval, healthyAt + terms.MinimumHealthy, counted[^1].At));
    }

    // The last round comes when the time is over, not an interval later.
    private static DateTimeOffset Earlier(DateTimeOffset next, DateTimeOffset end, DateTimeOffset last) => end < next && end > last ? end : next;

    private static (int First, int Last)? FirstRow(List<ProbeObservation> rounds, int passes)
    {
        var row = 0;
        for (var index = 0; index < rounds.Count; index++)
        {
            row = rounds[index].Passed ? row + 1 : 0;
            if (row == passes)
            {
                return (index - passes + 1, index);
            }
        }

        return null;
    }

    private static int InARow(List<ProbeObservation> rounds, Func<ProbeObservation, bool> counts) => rounds.AsEnumerable().Reverse().TakeWhile(counts).Count();

    private static string Reason(HealthTerms terms, List<ProbeObservation> rounds, int row)
    {
        var asked = string.Create(
            CultureInfo.InvariantCulture,
            $"{terms.Passes} passes in a row can no longer be reached within {terms.Window.TotalSeconds:0.#} s ({row} of {rounds.Count} rounds passed last)");
        return rounds.LastOrDefault(round => !round.Passed) is { } failed ? $"{asked}: {failed.Detail}" : asked;
    }
}
