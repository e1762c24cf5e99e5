using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Moss.Deployment.Instances;
using Moss.Deployment.Overseeing;
using Moss.Deployment.Promoting;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;
using Moss.ServiceDefaults.Hosting;

namespace Moss.Deployment;

/// <summary>
/// Finishes or undoes what a killed process left half done, starts again what should be running and is not, and looks for
/// unfinished work every now and then.
/// </summary>
internal sealed partial class DeploymentRecovery(
    DeploymentFolders folders, SubstrateLocks locks, Journals journals, Promotions promotions, OversightRunner oversight, InstanceKeeper keeper,
    InstanceBringUp bringUp, InstanceTidying tidying, IInstanceHost host, IOptions<DeploymentOptions> options, TimeProvider clock, ILogger<DeploymentRecovery> logger)
    : BackgroundService
{
    /// <summary>Looks at every substrate once.</summary>
    /// <param name="first">
    /// True at the start of the process, and when the engine came back: then an instance that is gone is started again, whoever runs it.
    /// </param>
    /// <param name="stopping">Ends it.</param>
    public async Task RecoverAsync(bool first, CancellationToken stopping) =>
        await Task.WhenAll(folders.Substrates().Select(substrate => RecoverAsync(substrate, first, stopping)));

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var first = true;
        return Repeatedly.RunAsync(
            options.Value.RecoveryInterval, clock, logger, "looking after deployments",
            async token =>
            {
                await RecoverAsync(first, token);
                first = false;
            },
            stoppingToken);
    }

    private async Task RecoverAsync(string substrate, bool first, CancellationToken stopping)
    {
        try
        {
            using var hold = first ? await locks.AcquireAsync(substrate, stopping) : await locks.TryAcquireAsync(substrate);
            if (hold is not null)
            {
                await RecoverHeldAsync(substrate, first, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next process goes on from the journal.
        }
#pragma warning disable CA1031 // One substrate's trouble must not keep the others from being looked after; it is tried again.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            LogBroke(substrate, broken);
        }
    }

    private async Task RecoverHeldAsync(string substrate, bool first, CancellationToken stopping)
    {
        var deployment = await journals.DeploymentAsync(substrate, stopping);
        if (deployment.State.Promotion is { } evolution)
        {
            LogTakenUp(substrate, evolution);
        }

        await promotions.FinishAsync(deployment, CancellationToken.None);

        await keeper.FinishStopAsync(deployment);
        await oversight.FinishAsync(substrate, deployment, stopping);
        if (deployment.State is { Phase: DeploymentPhase.Serving, Current: { } current, Watch: not { Open: true } })
        {
            await RepairAsync(substrate, deployment, current, first, stopping);
        }

        if (deployment.State.Phase == DeploymentPhase.Starting && await bringUp.RunAsync(substrate, deployment, stopping) is { } sick)
        {
            LogSick(substrate, sick.Reason);
        }

        await tidying.TidyAsync(substrate, deployment.State);
    }

    // What is watched its watch looks after: an end that somebody saw is no reason to start it again.
    private async Task RepairAsync(
        string substrate, Journal<DeploymentState, DeploymentEvent> deployment, Instance current, bool first, CancellationToken stopping)
    {
        if (await host.LivesAsync(current, deployment.State.Process, stopping))
        {
            await host.ArmAsync(current);
            return;
        }

        if (!await host.IsOursToRepairAsync(current, first, stopping))
        {
            return;
        }

        LogGone(substrate, current.Version.Commit);
        await bringUp.RequestAsync(substrate, deployment, stopping);
    }

    [LoggerMessage(LogLevel.Warning, "{Substrate}: promotion {Evolution} was left unfinished; going on with it")]
    private partial void LogTakenUp(string substrate, Guid evolution);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: {Commit} should be running and is not; starting it again")]
    private partial void LogGone(string substrate, string commit);

    [LoggerMessage(LogLevel.Error, "{Substrate} did not come up healthy: {Reason}")]
    private partial void LogSick(string substrate, string reason);

    [LoggerMessage(LogLevel.Error, "{Substrate} could not be looked after; trying again")]
    private partial void LogBroke(string substrate, Exception exception);
}
