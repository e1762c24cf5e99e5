using System.Collections.Concurrent;
using Moss.Containers.Engine;

namespace Moss.SwapChecks.Measuring;

/// <summary>Counts, from the engine's own events, how many containers of a place ran at once, and how long they took to end.</summary>
internal sealed class EngineWitness : IAsyncDisposable
{
    private readonly CancellationTokenSource over = new();
    private readonly HashSet<string> running = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> asked = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(DateTimeOffset Signalled, DateTimeOffset Ended)> ends = new();
    private readonly Task watching;

    /// <param name="engine">Whose events.</param>
    /// <param name="place">Beginning of the containers' names.</param>
    /// <param name="first">Id of the one that runs now.</param>
    /// <param name="since">From when on.</param>
    public EngineWitness(EngineClient engine, string place, string first, DateTimeOffset since)
    {
        running.Add(first);
        watching = WatchAsync(engine, place, since);
    }

    /// <summary>Most that ran at once.</summary>
    public int Most { get; private set; } = 1;

    /// <summary>From the first signal to the end, as much of it as lies in a time, of all that ended in it together.</summary>
    public TimeSpan Ending(DateTimeOffset from, DateTimeOffset until) =>
        ends.Where(end => end.Ended >= from && end.Ended <= until)
            .Aggregate(TimeSpan.Zero, (sum, end) => sum + (end.Ended - (end.Signalled > from ? end.Signalled : from)));

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    private async Task WatchAsync(EngineClient engine, string place, DateTimeOffset since)
    {
        await foreach (var happened in engine.System.EventsAsync([], since, over.Token))
        {
            if (happened.Type != "container" || happened.Actor.Attributes?.GetValueOrDefault("name")?.StartsWith(place, StringComparison.Ordinal) is not true)
            {
                continue;
            }

            switch (happened.Action)
            {
                case "start":
                    running.Add(happened.Actor.Id);
                    break;
                case "kill":
                    asked.TryAdd(happened.Actor.Id, happened.TimeNano);
                    break;
                case "die":
                    running.Remove(happened.Actor.Id);
                    if (asked.Remove(happened.Actor.Id, out var signalled))
                    {
                        ends.Enqueue((At(signalled), At(happened.TimeNano)));
                    }

                    break;
            }

            Most = Math.Max(Most, running.Count);
        }
    }

    private static DateTimeOffset At(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
