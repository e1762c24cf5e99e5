using System.Globalization;

namespace Moss.Domain.Watching;

/// <summary>What is seen of the watched instance.</summary>
public abstract record InstanceSighting
{
    private InstanceSighting() { }

    /// <summary>It runs as it was started.</summary>
    public sealed record Lives : InstanceSighting;

    /// <summary>It does not run, or not as it was started; somebody was looking when that happened.</summary>
    /// <param name="Detail">What is known of it, for people.</param>
    public sealed record Ended(string Detail) : InstanceSighting;
}

/// <summary>What follows from what a watch has seen.</summary>
public abstract record WatchRuling
{
    private WatchRuling() { }

    /// <summary>Look again.</summary>
    public sealed record GoOn : WatchRuling;

    /// <summary>Take the version back now.</summary>
    public sealed record RollBack(string Reason) : WatchRuling;

    /// <summary>Too little was seen: watch as long again.</summary>
    public sealed record Extend(string Reason) : WatchRuling;

    /// <summary>Enough was seen and nothing was wrong.</summary>
    public sealed record Pass(string Reason) : WatchRuling;

    /// <summary>Too little was seen, twice: the version stays and a person is told.</summary>
    public sealed record Inconclusive(string Reason) : WatchRuling;
}

/// <summary>Rules on a watch. What is missing or broken leads to no rollback and to no pass.</summary>
public static class WatchJudge
{
    /// <summary>Starts of an instance that ended while nobody looked: it may have ended with the machine under it, which says nothing about it.</summary>
    public const int RepairsAtMost = 1;

    /// <summary>The ruling.</summary>
    public static WatchRuling Rule(WatchState watch, InstanceSighting instance)
    {
        if (Wrong(watch, instance) is { } reason)
        {
            return new WatchRuling.RollBack(reason);
        }

        if (watch.Watched < watch.Window)
        {
            return new WatchRuling.GoOn();
        }

        return TooLittle(watch) switch
        {
            null => new WatchRuling.Pass(Good(watch)),
            var little when watch.Extended => new WatchRuling.Inconclusive(little),
            var little => new WatchRuling.Extend(little),
        };
    }

    private static string? Wrong(WatchState watch, InstanceSighting instance) =>
        (instance as InstanceSighting.Ended)?.Detail
        ?? (watch.RepairFailure is { } failure ? $"it ended and did not come up again: {failure}" : null)
        ?? (watch.Start.Terms.Recurrence && watch.Recurrences.Length >= watch.Start.Terms.FailuresInARow
            ? Text($"the failure that it was to repair was reported {watch.Recurrences.Length} times again")
            : null)
        ?? watch.Metrics.Select(tally => Wrong(tally, watch.Start.Terms)).FirstOrDefault(reason => reason is not null);

    private static string? Wrong(MetricTally tally, WatchTerms terms)
    {
        if (tally.Row >= terms.FailuresInARow)
        {
            return Text($"{tally.Name}: the last {tally.Row:0} outcomes in a row failed");
        }

        return tally.Test.Rejects(terms.LimitsOfEach)
            ? Text($"{tally.Name}: {tally.Failures:0} of {tally.Total:0} outcomes failed, where {terms.Limits.Acceptable:0.##%} may; the test rejected that with a false-alarm rate of {terms.Limits.FalseAlarm:0.###%}")
            : null;
    }

    private static string? TooLittle(WatchState watch)
    {
        var silent = watch.Metrics.Where(tally => tally.Trouble is not null).Select(tally => $"{tally.Name} could not be read: {tally.Trouble}");
        var few = watch.Metrics.Where(tally => tally.Trouble is null && tally.Total < watch.Start.Terms.MinimumSamples)
            .Select(tally => Text($"{tally.Name} counted {tally.Total:0} outcomes, fewer than {watch.Start.Terms.MinimumSamples}"));
        var undecided = watch.Metrics.Where(tally => tally.Trouble is null && tally.Total >= watch.Start.Terms.MinimumSamples && tally.Test.Accepted == 0)
            .Select(tally => Text($"{tally.Name}: {tally.Failures:0} of {tally.Total:0} outcomes failed, from which the test tells neither"));
        var all = string.Join("; ", silent.Concat(few).Concat(undecided));
        return all.Length == 0 ? null : all;
    }

    private static string Good(WatchState watch) => string.Join("; ", watch.Metrics
        .Select(tally => Text($"{tally.Name}: {tally.Failures:0} of {tally.Total:0} outcomes failed"))
        .Prepend(Text($"it ran for {watch.Watched.TotalMinutes:0.#} minutes and {watch.Recurrences.Length} repaired failures came back")));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
