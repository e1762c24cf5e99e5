using System.Collections.Immutable;
using Moss.AgentTools.Try;

namespace Moss.AgentTools.Search.Driver;

/// <summary>Replays on a tree, with limits taken from how long the scenarios took at first.</summary>
internal sealed class Runner(IReplays replays, ImmutableArray<string> batch, bool coverage)
{
    private const double ShortestLimit = 0.6;
    private const double LongestProbe = 2;
    private const double Slack = 6;

    private readonly Dictionary<string, double> _limits = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Scenarios replayed.</summary>
    public int Count => _count;

    /// <summary>Replays at once.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>Seconds that a measured replay gets; as declared when 0.</summary>
    public double LongestReplay { get; init; }

    /// <summary>Every scenario of the batch, with the lines that run.</summary>
    public async Task<Scoreboard> MeasureAsync(SourceTree tree, CancellationToken cancellationToken)
    {
        var all = new TryRequest([]) { Overlay = tree.Overlay, Coverage = coverage, Trace = true, TimeoutSeconds = LongestReplay };
        var requests = batch.IsEmpty ? [all] : batch.Select(scenario => all with { Scenarios = [scenario] });
        var results = new List<TryResult>();
        await foreach (var response in Ordered.SelectAsync(requests, AtOnce, r => ReplayAsync(r, cancellationToken), cancellationToken))
        {
            results.AddRange(response.Results);
        }

        return new Scoreboard(results);
    }

    /// <summary>Fix the limits: some times what a scenario took, and for one that hung, what one takes that ends at once.</summary>
    public async Task SetLimitsAsync(SourceTree tree, Scoreboard board, CancellationToken cancellationToken)
    {
        var ended = board.Results.Values.Where(r => !r.TimedOut).ToList();
        var usual = ended.Count > 0 ? ended.Max(r => r.Seconds)
            : board.Results.Count > 0 ? await ProbeAsync(tree, board.Results.Keys.First(), cancellationToken)
            : 0;
        foreach (var result in board.Results.Values)
        {
            _limits[result.Scenario] = Math.Max(ShortestLimit, Slack * (result.TimedOut ? usual : result.Seconds));
        }
    }

    /// <summary>One scenario on a mutant's tree. <paramref name="patience"/> multiplies its limit.</summary>
    public async Task<TryResult> ReplayAsync(SourceTree tree, string scenario, double patience, CancellationToken cancellationToken) =>
        (await ReplayAsync(tree, [scenario], patience, cancellationToken))[0];

    public async Task<ImmutableArray<TryResult>> ReplayAsync(
        SourceTree tree, ImmutableArray<string> scenarios, double patience, CancellationToken cancellationToken)
    {
        var limit = patience * scenarios.Max(s => _limits.GetValueOrDefault(s, ShortestLimit));
        var response = await ReplayAsync(new TryRequest(scenarios) { Overlay = tree.Overlay, TimeoutSeconds = limit }, cancellationToken);
        return response.Results.Length >= scenarios.Length
            ? response.Results
            : throw new TryException($"asked for {scenarios.Length} scenarios, got {response.Results.Length}");
    }

    /// <summary>One scenario, with as much time as is declared and what it printed.</summary>
    public async Task<TryResult> TraceAsync(SourceTree tree, string scenario, CancellationToken cancellationToken)
    {
        var request = new TryRequest([scenario]) { Overlay = tree.Overlay, Trace = true, TimeoutSeconds = LongestReplay };
        return (await ReplayAsync(request, cancellationToken)).Results[0];
    }

    /// <summary>Seconds of a replay that cannot even start: every file says nothing but a bracket that is never closed.</summary>
    private async Task<double> ProbeAsync(SourceTree tree, string scenario, CancellationToken cancellationToken)
    {
        var broken = tree.Paths.Aggregate(tree, (all, path) => all.With(path, "(\n"));
        var request = new TryRequest([scenario]) { Overlay = broken.Overlay, TimeoutSeconds = LongestProbe };
        var response = await ReplayAsync(request, cancellationToken);
        return response.Results[0].Seconds;
    }

    private async Task<TryResponse> ReplayAsync(TryRequest request, CancellationToken cancellationToken)
    {
        var response = await replays.ReplayAsync(request, cancellationToken);
        if (response.Results.Any(r => r.Outcome == "infrastructureError"))
        {
            // It says nothing about the source; once more.
            response = await replays.ReplayAsync(request, cancellationToken);
        }

        Interlocked.Add(ref _count, response.Results.Length);
        return response;
    }
}
