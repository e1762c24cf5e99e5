using Microsoft.Extensions.Hosting;
using Moss.Contracts.Deployment;
using Moss.Deployment.Instances;
using Moss.Deployment.Watching;
using Moss.Domain.Promotion;
using Moss.ServiceDefaults.Stages;
using Moss.Substrates;

namespace Moss.Deployment.Promoting;

/// <summary>Begins promotions and takes them up again, one a substrate at a time.</summary>
internal sealed class Promotions(
    ISubstrateDirectory directory, SubstrateLocks locks, Journals journals, Preflight preflight, PromotionRunner runner, ProductionRollbacks rollbacks, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>The answer to a command: from the journal when it was carried out before, else by carrying it out.</summary>
    public async Task<object> PromoteAsync(PromoteCandidate command, CancellationToken unwanted)
    {
        if (await directory.FindAsync(command.Subject.Substrate, unwanted) is not { } entry)
        {
            return new PromotionRefused(
                command.Stage, PromotionProtocol.NotReady, $"no substrate '{command.Subject.Substrate}' is registered; add it: moss substrate add");
        }

        using var hold = await locks.AcquireAsync(command.Subject.Substrate, unwanted);
        var deployment = await journals.DeploymentAsync(command.Subject.Substrate, unwanted);
        await FinishAsync(deployment, deployment.State.Promotion == command.Stage.EvolutionId ? unwanted : CancellationToken.None);

        var promotion = await journals.PromotionAsync(command.Stage.EvolutionId, unwanted);
        if (promotion.State is { Plan: { } plan, Outcome: not null, Ground: not PromotionRunner.Stopped } && plan.Stage == command.Stage.Key())
        {
            return PromotionAnswers.Of(command.Stage, promotion.State);
        }

        // A rehearsal takes its time, and nothing is lost with it.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(unwanted, lifetime.ApplicationStopping);
        switch (await preflight.CheckAsync(command, entry, deployment.State, promotion.State, ended.Token))
        {
            case PreflightResult.Refused refused:
                await promotion.AppendAsync(new PromotionDeclined(command.Stage.Key(), refused.Ground, refused.Reason, clock.GetUtcNow()));
                return new PromotionRefused(command.Stage, refused.Ground, refused.Reason, refused.Serves);
            case PreflightResult.Ready ready:
                await BeginAsync(new PromotionRun(promotion, deployment, new SteadyClock(clock)), ready, unwanted);
                return PromotionAnswers.Of(command.Stage, promotion.State);
            default:
                throw new InvalidOperationException("unknown result of the preflight");
        }
    }

    /// <summary>Ends the promotion and the rollback that a killed process left open, if there is one. The caller holds the lock.</summary>
    public async Task FinishAsync(Journal<DeploymentState, DeploymentEvent> deployment, CancellationToken unwanted)
    {
        if (deployment.State.Promotion is { } evolution)
        {
            var run = new PromotionRun(await journals.PromotionAsync(evolution, unwanted), deployment, new SteadyClock(clock));
            await runner.RunAsync(run, unwanted, lifetime.ApplicationStopping);
        }

        await rollbacks.FinishAsync(deployment);
    }

    private async Task BeginAsync(PromotionRun run, PreflightResult.Ready ready, CancellationToken unwanted)
    {
        foreach (var launch in ready.Launches)
        {
            run.Launches[launch.Instance.Marker] = launch;
        }

        var now = clock.GetUtcNow();
        await run.Deployment.AppendAsync(new PromotionOpened(ready.Plan.Evolution, ready.Plan.Stage, now));
        await run.Promotion.AppendAsync(new PromotionPlanned(ready.Plan, now));
        await runner.RunAsync(run, unwanted, lifetime.ApplicationStopping);
    }
}
