using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Promoting;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.Substrates;

namespace Moss.Deployment.Watching;

/// <summary>Takes a promoted version back out of production, from wherever a killed process left that. The caller holds the substrate's lock.</summary>
internal sealed partial class ProductionRollbacks(
    Journals journals, PromotionRunner runner, LaunchPlanner planner, BranchPublisher branches, WatchTermsReader terms, StateCopies copies, IInstanceHost host, IHostApplicationLifetime lifetime,
    IOptions<DeploymentOptions> options, TimeProvider clock, ILogger<ProductionRollbacks> logger)
{
    private const string Lost = "the state is put back as it was before the promotion and what was written since is lost: the version before cannot read it";

    /// <summary>Puts on record that what serves is taken back; nothing else is done yet.</summary>
    /// <param name="substrate">Whose.</param>
    /// <param name="deployment">A promoted version serves, or should.</param>
    /// <param name="earlier">What is to serve instead.</param>
    /// <param name="reason">Why, for people.</param>
    /// <param name="by"><c>watch</c> or a person.</param>
    /// <returns>Null, or why it is not: the earlier version cannot be made any more and this one serves, or the state that it could read is gone. Nothing is on record then.</returns>
    /// <exception cref="NotDeployableException">How the earlier version runs cannot be read.</exception>
    public async Task<StartOutcome.Refused?> DecideAsync(
        string substrate, Journal<DeploymentState, DeploymentEvent> deployment, DeployedVersion earlier, string reason, string by)
    {
        var state = deployment.State;
        var evolution = state.Watch is { Open: true } watch ? watch.Start.Evolution : state.Promoted!.Evolution;
        var deploy = await planner.DeployOfAsync(substrate, earlier, CancellationToken.None);
        var now = clock.GetUtcNow();
        var again = Again(substrate, state, earlier, deploy, now);
        var decided = new ProductionRollbackDecided(evolution, substrate, state.Current!, again, LaunchPlanner.Terms(deploy), reason, by, now)
        {
            Batch = await terms.BatchOfAsync(evolution, CancellationToken.None),
            Evidence = state.Watch?.Start.Evolution == evolution ? state.Watch.Recurrences : [],
        };
        if (await HindranceAsync(decided, state.Process) is { } hindrance)
        {
            return hindrance;
        }

        LogDecided(substrate, decided.Failing.Version.Commit, by, reason);
        await deployment.AppendAsync(decided.PutsBack.IsEmpty ? decided : decided with { Reason = $"{reason}; {Lost}" });
        return null;
    }

    /// <summary>Goes on with a rollback that was decided until it is done; nothing happens when none was. No promotion is open.</summary>
    public async Task FinishAsync(Journal<DeploymentState, DeploymentEvent> deployment)
    {
        while (deployment.State.Rollback is { Done: false } rollback)
        {
            var promotion = await journals.PromotionAsync(rollback.Decided.Evolution, CancellationToken.None);
            switch (ProductionRollbackProtocol.Next(rollback, promotion.State, clock.GetUtcNow()))
            {
                case ProductionRollbackStep.Open:
                    await OpenAsync(rollback.Decided, new PromotionRun(promotion, deployment, new SteadyClock(clock)));
                    break;
                case ProductionRollbackStep.Undo:
                    await runner.RunAsync(new PromotionRun(promotion, deployment, new SteadyClock(clock)), CancellationToken.None, lifetime.ApplicationStopping);
                    break;
                case ProductionRollbackStep.RevertBranch:
                    await deployment.AppendAsync(await RevertAsync(rollback.Decided));
                    break;
                case ProductionRollbackStep.Record record:
                    await deployment.AppendAsync(record.Event);
                    LogDone(record.Event.Substrate, record.Event.LastKnownGood, record.Event.Trouble ?? "it is healthy");
                    break;
                default:
                    throw new InvalidOperationException("a rollback that is not done has a next step");
            }
        }
    }

    private async Task<StartOutcome.Refused?> HindranceAsync(ProductionRollbackDecided decided, InstanceProcess? process)
    {
        if (await copies.MissingAsync(decided.Substrate, decided.Failing, decided.PutsBack) is { } gone)
        {
            return new(
                "deploy.swap.snapshot", $"the version before cannot read what this one wrote, and {gone}",
                "put a backup of yours in place by hand, or promote a change that reads the state as it is");
        }

        // What does not serve any more is taken back whatever comes of it.
        return await host.LivesAsync(decided.Failing, process, CancellationToken.None)
            && await host.MakeAsync(await planner.PrepareAsync(decided.Substrate, decided.Fallback, CancellationToken.None)) is { } problem
            ? new("deploy.swap", $"{decided.Fallback.Version.Commit} cannot be made again: {problem}", "bring its image back, or promote a change that undoes this one")
            : null;
    }

    // What had the place before comes back as the container that it is, or is made again as it was.
    private static Instance Again(string substrate, DeploymentState state, DeployedVersion earlier, DeployStep deploy, DateTimeOffset now)
    {
        var again = LaunchPlanner.NewInstance(substrate, earlier, deploy, now);
        return state.Before is { Recipe: { } recipe } before && before.Version.Tree == earlier.Tree ? again with { Version = before.Version, Recipe = recipe } : again;
    }

    private async Task OpenAsync(ProductionRollbackDecided decided, PromotionRun run)
    {
        var now = clock.GetUtcNow();
        var state = run.Deployment.State;
        var process = state.Current?.Marker == decided.Failing.Marker ? state.Process : null;
        await run.Deployment.AppendAsync(new PromotionOpened(decided.Evolution, run.Promotion.State.Plan?.Stage ?? "", now));
        await run.Promotion.AppendAsync([.. ProductionRollbackProtocol.Opening(decided, run.Promotion.State, process, now)]);
    }

    private async Task<DeploymentEvent> RevertAsync(ProductionRollbackDecided decided)
    {
        var (branch, undone) = (options.Value.Branch, decided.Failing.Version);
        var (commit, problem) = await branches.RevertAsync(decided.Substrate, branch, undone.Commit, undone.DeclaredAt, decided.Reason, decided.At);
        return problem is null
            ? new BranchReverted(decided.Evolution, branch, commit!, clock.GetUtcNow())
            : new BranchNotReverted(decided.Evolution, branch, problem, clock.GetUtcNow());
    }

    [LoggerMessage(LogLevel.Warning, "{Substrate}: {Commit} is rolled back by {By}: {Reason}")]
    private partial void LogDecided(string substrate, string commit, string by, string reason);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: {Commit} serves again; {Trouble}")]
    private partial void LogDone(string substrate, string commit, string trouble);
}
