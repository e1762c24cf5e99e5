using System.Globalization;
using Moss.Cli.Api;

namespace Moss.EndToEnd.Tests;

/// <summary>A moment of an evolution: so long after the event of a version was stored; -1 is right after it was asked for.</summary>
internal sealed record Moment(long After, TimeSpan Later)
{
    /// <summary>The moment itself is what is waited for, not something that should have happened by then.</summary>
    public Task PassAsync() => Task.Delay(Later, TimeProvider.System, CancellationToken.None);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{After}+{Later.TotalMilliseconds:0}ms");
}

/// <summary>Chooses moments of an evolution from the history of another one that was not disturbed.</summary>
internal static class Moments
{
    /// <summary>Half of them spread evenly over its duration, half over its events; in the order in which they come.</summary>
    public static IReadOnlyList<Moment> Choose(IReadOnlyList<TimelineEntry> undisturbed, int count, int seed)
    {
        var random = new Random(seed);
        var duration = undisturbed[^1].At - undisturbed[0].At;
        var byTime = Enumerable.Range(0, count / 2).Select(_ => At(undisturbed, undisturbed[0].At + (duration * random.NextDouble())));
        var byEvent = Enumerable.Range(0, count - (count / 2)).Select(_ => After(undisturbed, random.Next(undisturbed.Count), random));
        return [.. byTime.Concat(byEvent).OrderBy(moment => moment.After).ThenBy(moment => moment.Later)];
    }

    private static Moment At(IReadOnlyList<TimelineEntry> undisturbed, DateTimeOffset time)
    {
        var before = undisturbed.Last(entry => entry.At <= time);
        return new(before.Version, time - before.At);
    }

    /// <summary>Somewhere between two events that follow each other, however short the time between them is.</summary>
    private static Moment After(IReadOnlyList<TimelineEntry> undisturbed, int next, Random random) => next == 0
        ? new(-1, TimeSpan.FromMilliseconds(random.Next(50)))
        : new(undisturbed[next - 1].Version, (undisturbed[next].At - undisturbed[next - 1].At) * random.NextDouble());
}

/// <summary>Where chance comes from: another one each time, and the same again when a person says so.</summary>
internal static class Seeds
{
    public const string Variable = "MOSS_TEST_SEED";

    public static int Choose() => int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
        ? seed
        : System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue);
}
