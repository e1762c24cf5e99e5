using System.Runtime.CompilerServices;
using Moss.SwapChecks.Subjects;

namespace Moss.SwapChecks.Measuring;

/// <summary>Swaps of one service in one scenario: undisturbed, and with its deployer killed after each step that it stores.</summary>
internal sealed class SwapBench(SwapGround ground, SwapService service)
{
    private const int InARow = 5;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Good versions that one deployer promotes one after the other, and what the engine itself takes to stop and start the last one:
    /// nobody can be faster. To be run while nothing else does.
    /// </summary>
    public async IAsyncEnumerable<SwapRow> DowntimesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var swaps = await SwapCase.StartAsync(ground, service, SwapScenario.Good, InARow, cancellationToken);
        var report = await swaps.PromoteAsync(0, cancellationToken);
        var rows = new List<SwapRow>();
        foreach (var outcome in report!.Outcomes)
        {
            rows.Add(await swaps.JudgeAsync(outcome, cancellationToken) with { DowntimeSeconds = outcome.DowntimeSeconds });
        }

        var engineSeconds = await EngineSecondsAsync(swaps.Subject, cancellationToken);
        foreach (var row in rows)
        {
            yield return row with { EngineSeconds = engineSeconds };
        }
    }

    /// <summary>Every run of a scenario, one after the other.</summary>
    /// <param name="scenario">Which.</param>
    /// <param name="kills">False to leave out the kills.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SwapRow> RunAsync(SwapScenario scenario, bool kills, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (undisturbed, steps) = await SwapAsync(scenario, 0, cancellationToken);
        yield return undisturbed;
        for (var kill = 1; kills && kill <= steps; kill++)
        {
            yield return (await SwapAsync(scenario, kill, cancellationToken)).Row;
        }
    }

    private async Task<(SwapRow Row, int Steps)> SwapAsync(SwapScenario scenario, int kill, CancellationToken cancellationToken)
    {
        await using var swap = await SwapCase.StartAsync(ground, service, scenario, 1, cancellationToken);
        var report = await swap.PromoteAsync(kill, cancellationToken);
        var killed = report is null;
        report ??= await swap.PromoteAsync(0, cancellationToken);
        var row = await swap.JudgeAsync(report!.Outcomes[0], cancellationToken);
        return (row with { KilledAfter = kill, RecoverySeconds = killed ? swap.RecoverySeconds(report) : null }, report.Steps);
    }

    private async Task<double> EngineSecondsAsync(Subject subject, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        for (var run = 0; run < InARow; run++)
        {
            var since = ground.Clock.GetTimestamp();
            await ground.Engine.Containers.StopAsync(subject.Name, Grace, cancellationToken);
            await ground.Engine.Containers.StartAsync(subject.Name, cancellationToken);
            await subject.ServesAsync(cancellationToken);
            seconds.Add(ground.Clock.GetElapsedTime(since).TotalSeconds);
        }

        return seconds.Order().ElementAt(InARow / 2);
    }
}
