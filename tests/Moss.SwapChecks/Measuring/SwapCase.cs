using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.SwapChecks.Deployer;
using Moss.SwapChecks.Subjects;
using Moss.Testing;

namespace Moss.SwapChecks.Measuring;

/// <summary>A service with a state that runs, that a deployer looks after, and for which candidates wait.</summary>
internal sealed class SwapCase : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly SwapGround ground;
    private readonly SwapService service;
    private readonly SwapScenario scenario;
    private EngineWitness? witness;
    private DeployerOrder? order;
    private string old = "";
    private string coming = "";
    private string before = "";

    private SwapCase(SwapGround ground, SwapService service, SwapScenario scenario)
    {
        (this.ground, this.service, this.scenario) = (ground, service, scenario);
        Subject = new Subject(ground.Engine, service, ground.Network);
    }

    public Subject Subject { get; }

    /// <summary>What a life of the deployer took to recover by itself: without what it asked, and without what the service took to end.</summary>
    public double RecoverySeconds(DeployerReport report) =>
        (report.RecoveredAt - report.BeganAt - report.Asking - witness!.Ending(report.BeganAt, report.RecoveredAt)).TotalSeconds;

    /// <summary>Starts it.</summary>
    public static async Task<SwapCase> StartAsync(SwapGround ground, SwapService service, SwapScenario scenario, int candidates, CancellationToken cancellationToken)
    {
        var made = new SwapCase(ground, service, scenario);
        try
        {
            await made.StartAsync(candidates, cancellationToken);
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>Promotes the candidates, one after the other, in one life of a deployer; null when it was killed.</summary>
    public Task<DeployerReport?> PromoteAsync(int killAfter, CancellationToken cancellationToken) =>
        DeployerChild.RunAsync(order! with { KillAfter = killAfter }, cancellationToken);

    /// <summary>What became of one candidate, after the last one.</summary>
    public async Task<SwapRow> JudgeAsync(DeployerOutcome outcome, CancellationToken cancellationToken)
    {
        var running = await Subject.RunningAsync(cancellationToken);
        var wanted = scenario.Promoted ? coming : old;
        var oneHealthy = running is [var only] && only.Names.Contains('/' + Subject.Name) && await ServesAsync(cancellationToken);
        var kept = oneHealthy && await Subject.SumAsync(cancellationToken) == before;
        var right = running.Count == 1 && running[0].Image == wanted && outcome.Name == (scenario.Promoted ? nameof(CandidatePromoted) : nameof(PromotionRolledBack));
        var well = oneHealthy && kept && right && witness!.Most == 1;
        return new SwapRow(service.Name, scenario.Name, 0, kept, witness!.Most > 1, oneHealthy, right, 0, null, well ? "" : $"{outcome.Name} {outcome.Reason}");
    }

    public async ValueTask DisposeAsync()
    {
        if (witness is not null)
        {
            await witness.DisposeAsync();
        }

        await Subject.DisposeAsync();
        folder.Dispose();
    }

    private async Task StartAsync(int candidates, CancellationToken cancellationToken)
    {
        old = await ground.Images.BuildAsync(service, service.OldRelease, "start", cancellationToken);
        coming = await ground.Images.BuildAsync(service, service.NewRelease, scenario.Script, cancellationToken);
        var first = await Subject.StartAsync(old, cancellationToken);
        before = await Subject.SumAsync(cancellationToken);
        var commits = SwapRepository.Make(folder.Combine("repository"), service, scenario, Subject.Name, candidates);
        order = new DeployerOrder(ground.Socket, folder.Path, service.Name, folder.Combine("repository"), commits.Skip(1).ToDictionary(commit => commit.Commit, _ => coming));
        // Nobody kills the first one, so it needs no process.
        await DeployerProcess.RunAsync(order, ground.Clock);
        order = order with { Promote = [.. commits.Zip(commits.Skip(1), (basis, candidate) => Command(basis.Commit, candidate))] };
        witness = new EngineWitness(ground.Engine, Subject.Name, first, ground.Clock.GetUtcNow());
    }

    private async Task<bool> ServesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Subject.ServesAsync(cancellationToken);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private PromoteCandidate Command(string basis, (string Commit, string Tree) candidate)
    {
        var now = ground.Clock.GetUtcNow();
        var evolution = Guid.CreateVersion7(now);
        return new PromoteCandidate(
            new StageReference(evolution, 1, "Promote", 1), new Contracts.Subject(service.Name, Guid.NewGuid(), basis, []), candidate.Commit, candidate.Tree,
            new ConsentGrant(evolution, candidate.Commit, candidate.Tree, "bench", now, now.AddHours(1), coming), coming);
    }
}
