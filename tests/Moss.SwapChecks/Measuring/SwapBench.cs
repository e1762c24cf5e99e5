using Moss.Containers.Engine;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.SwapChecks.Deployer;
using Moss.SwapChecks.Subjects;
using Moss.Testing;

namespace Moss.SwapChecks.Measuring;

/// <summary>Swaps of one service: each scenario undisturbed, and with its deployer killed after each of the events that it stores.</summary>
internal sealed class SwapBench(EngineClient engine, string socket, string network, SwapImages images, SwapService service, TimeProvider clock)
{
    private const int EngineRuns = 3;

    /// <summary>Every run, one after the other.</summary>
    /// <param name="scenarios">Which.</param>
    /// <param name="kills">False to leave out the kills.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SwapRow> RunAsync(
        IEnumerable<SwapScenario> scenarios, bool kills, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var old = await images.BuildAsync(service, service.OldRelease, "start", cancellationToken);
        var engineSeconds = await EngineSecondsAsync(old, cancellationToken);
        foreach (var scenario in scenarios)
        {
            var coming = await images.BuildAsync(service, service.NewRelease, scenario.Script, cancellationToken);
            var (row, events) = await SwapAsync(scenario, old, coming, 0, cancellationToken);
            yield return row with { EngineSeconds = engineSeconds };
            for (var kill = 1; kills && kill <= events; kill++)
            {
                yield return (await SwapAsync(scenario, old, coming, kill, cancellationToken)).Row;
            }
        }
    }

    private async Task<(SwapRow Row, int Events)> SwapAsync(SwapScenario scenario, string old, string coming, int kill, CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await using var subject = new Subject(engine, service, network);
        var first = await subject.StartAsync(old, cancellationToken);
        var before = await subject.SumAsync(cancellationToken);
        var (basis, candidate, tree) = SwapRepository.Make(folder.Combine("repository"), service, scenario, subject.Name);
        var order = new DeployerOrder(socket, folder.Path, service.Name, folder.Combine("repository"), new Dictionary<string, string> { [candidate] = coming });
        await DeployerChild.RunAsync(order, cancellationToken);
        await using var witness = new EngineWitness(engine, subject.Name, first, clock.GetUtcNow());

        var promote = order with { Promote = Command(basis, candidate, tree, coming), KillAfter = kill };
        var report = await DeployerChild.RunAsync(promote, cancellationToken);
        var killed = report is null;
        report ??= await DeployerChild.RunAsync(promote with { KillAfter = 0 }, cancellationToken);

        return (await JudgeAsync(scenario, kill, subject, witness, (old, coming), before, report!, killed, cancellationToken), report!.Events);
    }

    private async Task<SwapRow> JudgeAsync(
        SwapScenario scenario, int kill, Subject subject, EngineWitness witness, (string Old, string Coming) versions, string before,
        DeployerReport report, bool killed, CancellationToken cancellationToken)
    {
        var running = await subject.RunningAsync(cancellationToken);
        var wanted = scenario.Promoted ? versions.Coming : versions.Old;
        var oneHealthy = running is [var only] && only.Names.Contains('/' + subject.Name) && await ServesAsync(subject, cancellationToken);
        var kept = oneHealthy && await subject.SumAsync(cancellationToken) == before;
        var right = running.Count == 1 && running[0].Image == wanted && report.Outcome == (scenario.Promoted ? nameof(CandidatePromoted) : nameof(PromotionRolledBack));
        var well = oneHealthy && kept && right && witness.Most == 1;
        return new SwapRow(
            service.Name, scenario.Name, kill, kept, witness.Most > 1, oneHealthy, right, killed ? 0 : report.DowntimeSeconds, killed ? report.RecoverySeconds : null,
            well ? "" : $"{report.Outcome} {report.Reason}");
    }

    private static async Task<bool> ServesAsync(Subject subject, CancellationToken cancellationToken)
    {
        try
        {
            await subject.ServesAsync(cancellationToken);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // What nobody can do faster: the engine's own stop and start, until the service answers again.
    private async Task<double> EngineSecondsAsync(string image, CancellationToken cancellationToken)
    {
        await using var subject = new Subject(engine, service, network);
        await subject.StartAsync(image, cancellationToken);
        var seconds = new List<double>();
        for (var run = 0; run < EngineRuns; run++)
        {
            var since = clock.GetTimestamp();
            await engine.Containers.StopAsync(subject.Name, TimeSpan.FromSeconds(10), cancellationToken);
            await engine.Containers.StartAsync(subject.Name, cancellationToken);
            await subject.ServesAsync(cancellationToken);
            seconds.Add(clock.GetElapsedTime(since).TotalSeconds);
        }

        return seconds.Order().ElementAt(EngineRuns / 2);
    }

    private PromoteCandidate Command(string basis, string candidate, string tree, string image)
    {
        var evolution = Guid.CreateVersion7(clock.GetUtcNow());
        var now = clock.GetUtcNow();
        return new PromoteCandidate(
            new StageReference(evolution, 1, "Promote", 1), new Contracts.Subject(service.Name, Guid.NewGuid(), basis, []), candidate, tree,
            new ConsentGrant(evolution, candidate, tree, "bench", now, now.AddHours(1), image), image);
    }
}
