using Moss.Domain.Tests.Promotion;
using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

/// <summary>Production whose outcomes fail by chance, read every fifteen seconds as a watch does.</summary>
internal sealed class SimulatedProduction(int seed)
{
    private readonly Random chance = new(seed);
    private double failures = 4711;
    private double total = 90_000;

    /// <summary>A watch with one metric.</summary>
    public static WatchState Watch(Func<WatchTerms, WatchTerms>? change = null)
    {
        var terms = new WatchTerms(TimeSpan.FromHours(1), new FailureLimits(), [new GuardedMetric("tasks", "http://metrics:9090", "failed", "all")]);
        return new WatchState(new WatchStarted(Some.Evolution, Some.New, Some.Old, change?.Invoke(terms) ?? terms, Some.Noon));
    }

    /// <summary>Watches until it is ruled, at most until both windows are over.</summary>
    public WatchRuling WatchTo(WatchState watch, double tasksIn5Minutes, double failureRate)
    {
        var ruling = (WatchRuling)new WatchRuling.GoOn();
        for (var (read, due) = (0, 0.0); ruling is WatchRuling.GoOn or WatchRuling.Extend; read++)
        {
            watch = ruling is WatchRuling.Extend extend ? watch.Apply(new WatchExtended(Some.Evolution, extend.Reason, Some.Noon)) : watch;
            for (due += read == 0 ? 0 : tasksIn5Minutes / 20; due >= 1; due--)
            {
                Happen(failureRate);
            }

            watch = Read(watch);
            ruling = WatchJudge.Rule(watch, new InstanceSighting.Lives());
        }

        return ruling;
    }

    /// <summary>How many tasks happen, each read by itself, before it is rolled back; null when so many were not enough.</summary>
    public int? TasksToRollback(WatchState watch, double failureRate, int atMost)
    {
        watch = Read(watch);
        for (var task = 1; task <= atMost; task++)
        {
            Happen(failureRate);
            watch = Read(watch);
            if (WatchJudge.Rule(watch, new InstanceSighting.Lives()) is WatchRuling.RollBack)
            {
                return task;
            }
        }

        return null;
    }

    private void Happen(double failureRate)
    {
        total++;
        failures += chance.NextDouble() < failureRate ? 1 : 0;
    }

    private WatchState Read(WatchState watch) => watch.Apply(new WatchRead(
        Some.Evolution, watch.Watched + watch.Start.Terms.Interval, watch.After([new MetricReading.Counted(failures, total)]), Some.Noon));
}
