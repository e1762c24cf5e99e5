using Microsoft.Extensions.Logging;
using Moss.Deployment.Instances;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Promoting;

/// <summary>Drives a promotion to its end, whoever began it. The caller holds the substrate's lock.</summary>
internal sealed partial class PromotionRunner(
    PromotionWorld world, PromotionEffects effects, IInstanceHost host, InstanceTidying tidying, ILogger<PromotionRunner> logger)
{
    /// <summary>Ground of a promotion that was given up; the same command may begin it again.</summary>
    public const string Stopped = nameof(Stopped);

    /// <param name="run">A promotion that was planned.</param>
    /// <param name="unwanted">Gives it up as long as nothing was touched.</param>
    /// <param name="stopping">The process is about to end: leaves it, at a point where an instance runs, for the next one.</param>
    public async Task RunAsync(PromotionRun run, CancellationToken unwanted, CancellationToken stopping)
    {
        LogTail.GetReady();
        await TakeUpAsync(run);
        while (true)
        {
            try
            {
                if (await StepAsync(run, unwanted, stopping))
                {
                    continue;
                }

                break;
            }
            catch (HostAwayException away) when (run.Promotion.State.Touched)
            {
                // What was done cannot be known until it answers; then the protocol goes on from what is seen.
                LogAway(run.Plan.Substrate, run.Plan.Evolution, away.Message);
                await host.ReadyAsync(stopping);
                await TakeUpAsync(run);
            }
        }

        await CloseAsync(run);
    }

    /// <summary>Says in the deployment's stream that the promotion is over; done again when a crash came between.</summary>
    public async Task CloseAsync(PromotionRun run)
    {
        if (run.Deployment.State.Promotion is { } evolution)
        {
            var state = run.Promotion.State;
            var reason = string.Join("; ", new[] { state.RollbackReason, state.Reason, state.PublishFailure }.OfType<string>());
            LogEnd(state.Plan?.Substrate, evolution, state.Outcome, reason);
            await run.Deployment.AppendAsync(
                new PromotionClosed(evolution, state.Plan?.Candidate.Version.Commit ?? "", state.Outcome, reason, run.Now));
        }

        if (run.Promotion.State.Plan is { } plan)
        {
            await tidying.TidyAsync(plan.Substrate, run.Deployment.State);
        }
    }

    private static async Task TakeUpAsync(PromotionRun run)
    {
        if (PromotionProtocol.TakeUp(run.Promotion.State, run.Now) is { } resumed)
        {
            await run.Promotion.AppendAsync(resumed);
        }
    }

    // False when there is nothing left to do.
    private async Task<bool> StepAsync(PromotionRun run, CancellationToken unwanted, CancellationToken stopping)
    {
        var step = await NextAsync(run);
        if (step is PromotionStep.Finished)
        {
            return false;
        }

        if (!run.Promotion.State.Touched)
        {
            stopping.ThrowIfCancellationRequested();
            await GiveUpAsync(run, unwanted);
        }

        LogStep(run.Plan.Substrate, run.Plan.Evolution, step);
        await effects.DoAsync(run, step, stopping);
        return true;
    }

    private async Task<PromotionStep> NextAsync(PromotionRun run) =>
        PromotionProtocol.Next(run.Promotion.State, await world.ObserveAsync(run));

    private async Task GiveUpAsync(PromotionRun run, CancellationToken unwanted)
    {
        if (unwanted.IsCancellationRequested)
        {
            await run.Promotion.AppendAsync(new PromotionAbandoned(Stopped, "the evolution was stopped", run.Now));
            await CloseAsync(run);
            unwanted.ThrowIfCancellationRequested();
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Substrate}, promotion {Evolution}: {Reason} Waiting for it")]
    private partial void LogAway(string substrate, Guid evolution, string reason);

    [LoggerMessage(LogLevel.Information, "{Substrate}, promotion {Evolution}: {Step}")]
    private partial void LogStep(string substrate, Guid evolution, PromotionStep step);

    [LoggerMessage(LogLevel.Information, "{Substrate}, promotion {Evolution} ended: {Outcome} {Reason}")]
    private partial void LogEnd(string? substrate, Guid evolution, PromotionOutcome? outcome, string reason);
}
