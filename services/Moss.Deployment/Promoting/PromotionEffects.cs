using Microsoft.Extensions.Options;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Probing;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Promoting;

/// <summary>Does one step of a promotion and journals what was observed. Every step may be done again.</summary>
internal sealed class PromotionEffects(
    IInstanceHost host, LaunchPlanner planner, InstanceProber prober, BranchPublisher branches, StateCopies copies,
    IOptions<DeploymentOptions> options)
{
    /// <param name="run">Where it is journalled.</param>
    /// <param name="step">What to do.</param>
    /// <param name="stopping">Interrupts waiting and probing, at which time an instance runs; nothing else.</param>
    public Task DoAsync(PromotionRun run, PromotionStep step, CancellationToken stopping) => step switch
    {
        PromotionStep.Record record => run.Promotion.AppendAsync(record.Event),
        PromotionStep.RecordLastKnownGood good => RecordLastKnownGoodAsync(run, good.Version),
        PromotionStep.Make make => MakeAsync(run, make.Instance),
        PromotionStep.TakeSnapshot => TakeSnapshotAsync(run),
        PromotionStep.RestoreSnapshot => RestoreSnapshotAsync(run),
        PromotionStep.StopPrevious stop => StopPreviousAsync(run, stop.Instance),
        PromotionStep.Start start => StartAsync(run, start.Arm, start.Instance),
        PromotionStep.Adopt adopt => AdoptAsync(run, adopt.Arm, adopt.Instance),
        PromotionStep.Probe probe => ProbeAsync(run, probe, stopping),
        PromotionStep.RecordServing serving => RecordServingAsync(run, serving.Arm, serving.Instance),
        PromotionStep.Publish publish => PublishAsync(run, publish.Version),
        PromotionStep.StopCandidate stop => StopCandidateAsync(run, stop.Instance),
        _ => throw new InvalidOperationException($"unknown step {step}"),
    };

    private static async Task RecordLastKnownGoodAsync(PromotionRun run, DeployedVersion version)
    {
        await run.Deployment.AppendAsync(new LastKnownGoodKept(version, run.Now));
        await run.Promotion.AppendAsync(new LastKnownGoodRecorded(version, run.Now));
    }

    private async Task MakeAsync(PromotionRun run, Instance candidate)
    {
        var (launch, problem) = await PrepareAsync(run, candidate);
        await run.Promotion.AppendAsync((launch is null ? problem : await host.MakeAsync(launch)) is { } refused
            ? new PromotionAbandoned(PromotionProtocol.NotReady, $"the new container cannot be made: {refused}", run.Now)
            : new CandidateMade(run.Now));
    }

    // Copying has no trace that is seen afterwards: it is done anew each time, and only while that can be written down.
    private async Task TakeSnapshotAsync(PromotionRun run)
    {
        await run.Promotion.AppendAsync(new SnapshotRequested(run.Now));
        await run.Promotion.AppendAsync(await copies.TakeAsync(run.Plan) is { } problem ? new SnapshotFailed(problem, run.Now) : new SnapshotTaken(run.Now));
    }

    private async Task RestoreSnapshotAsync(PromotionRun run)
    {
        await run.Promotion.AppendAsync(new SnapshotRestoreRequested(run.Now));
        await run.Promotion.AppendAsync(await copies.RestoreAsync(run.Plan) is { } problem
            ? new OperatorNeeded($"the state could not be put back, and nothing was started on what is left of it: {problem}", run.Now)
            : new SnapshotRestored(run.Now));
    }

    private async Task StopPreviousAsync(PromotionRun run, Instance previous)
    {
        await host.StopAsync(previous, run.PreviousProcess);
        await run.Promotion.AppendAsync(new PreviousStopped(run.Now));
    }

    private async Task StopCandidateAsync(PromotionRun run, Instance candidate)
    {
        await host.StopAsync(candidate, run.ProcessOf(PromotionArm.Candidate));
        var tail = await host.LogTailAsync(run.Plan.Substrate, candidate, options.Value.LogTail, CancellationToken.None);
        await run.Promotion.AppendAsync(new CandidateStopped(tail, run.Now));
    }

    private async Task StartAsync(PromotionRun run, PromotionArm arm, Instance instance)
    {
        var (launch, problem) = await PrepareAsync(run, instance);
        var start = launch is null ? new InstanceStart.Refused(problem) : await host.StartAsync(launch);
        await run.Promotion.AppendAsync(start switch
        {
            InstanceStart.Running running => new Started(arm, running.Process, run.Now),
            InstanceStart.Refused refused => new StartFailed(arm, refused.Reason, run.Now),
            _ => throw new InvalidOperationException($"unknown outcome {start}"),
        });
    }

    private async Task<(InstanceLaunch? Launch, string Problem)> PrepareAsync(PromotionRun run, Instance instance)
    {
        if (run.Launches.TryGetValue(instance.Marker, out var ready))
        {
            return (ready, "");
        }

        try
        {
            return (run.Launches[instance.Marker] = await planner.PrepareAsync(run.Plan.Substrate, instance, CancellationToken.None), "");
        }
        catch (NotDeployableException problem)
        {
            return (null, problem.Message);
        }
    }

    private async Task AdoptAsync(PromotionRun run, PromotionArm arm, Instance instance)
    {
        if (await host.FindAsync(instance, CancellationToken.None) is { } process)
        {
            await run.Promotion.AppendAsync(new Started(arm, process, run.Now));
        }
    }

    private async Task ProbeAsync(PromotionRun run, PromotionStep.Probe probe, CancellationToken stopping)
    {
        var progress = run.Promotion.State.Of(probe.Arm);
        var process = progress.Process!;
        if (await InstanceWait.UntilAsync(host, run.Clock, probe.NotBefore, probe.Instance, process, stopping))
        {
            var at = run.Now;
            var (launch, problem) = await PrepareAsync(run, probe.Instance);
            var verdict = launch is null
                ? new ProbeVerdict(false, problem)
                : await prober.ProbeAsync(launch, probe.Kind, progress.StartRequestedAt!.Value, stopping);
            await run.Promotion.AppendAsync(new Probed(probe.Arm, verdict.Round(probe.Round, probe.Kind, at), run.Now));
        }
    }

    private async Task RecordServingAsync(PromotionRun run, PromotionArm arm, Instance instance)
    {
        await host.ArmAsync(instance);
        var cause = arm == PromotionArm.Candidate ? ServingCause.Promotion : ServingCause.Rollback;
        await run.Deployment.AppendAsync(new InstanceServing(instance, run.ProcessOf(arm), cause, run.Now));
        await run.Promotion.AppendAsync(new ServingRecorded(arm, run.Now));
    }

    private async Task PublishAsync(PromotionRun run, DeployedVersion version)
    {
        var branch = options.Value.Branch;
        var problem = await branches.PublishAsync(run.Plan.Substrate, branch, version.Commit);
        await run.Promotion.AppendAsync(problem is null
            ? new BranchPublished(branch, version.Commit, run.Now)
            : new BranchNotPublished(branch, problem, run.Now));
    }
}
