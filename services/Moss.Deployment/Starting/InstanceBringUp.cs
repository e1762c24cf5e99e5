using Microsoft.Extensions.Options;
using Moss.Deployment.Instances;
using Moss.Deployment.Probing;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Starting;

/// <summary>
/// Brings the instance whose start is on record up to serving, from wherever a killed process left it. The caller holds the
/// substrate's lock.
/// </summary>
internal sealed class InstanceBringUp(
    IInstanceHost host, LaunchPlanner planner, InstanceProber prober, IOptions<DeploymentOptions> options, TimeProvider clock)
{
    /// <summary>Puts on record that what should serve and is gone is started again, as another run of the same version.</summary>
    public async Task RequestAsync(string substrate, Journal<DeploymentState, DeploymentEvent> deployment, CancellationToken stopping)
    {
        var current = deployment.State.Current!;
        var now = clock.GetUtcNow();

        // What took a place is the same container again: what was written in it is not lost.
        var again = current.Recipe is not null
            ? current
            : current with { Marker = $"{substrate}-{Guid.CreateVersion7(now):n}", Version = await planner.FixAsync(substrate, current.Version, stopping) };
        await deployment.AppendAsync(new InstanceStartRequested(again, ServingCause.Repair, now));
    }

    /// <returns>Null when it serves, else what was wrong.</returns>
    public async Task<StartOutcome.Unhealthy?> RunAsync(
        string substrate, Journal<DeploymentState, DeploymentEvent> deployment, CancellationToken stopping)
    {
        var instance = deployment.State.Current!;
        var launch = await planner.PrepareAsync(substrate, instance, stopping);
        var requested = deployment.State.Since;
        var process = await host.FindAsync(instance, stopping);
        if (process is null)
        {
            switch (await host.StartAsync(launch))
            {
                case InstanceStart.Running running:
                    process = running.Process;
                    break;
                case InstanceStart.Refused refused:
                    return await FailAsync(deployment, launch, null, refused.Reason);
            }
        }

        var problem = await WatchAsync(launch, process!, requested, stopping);
        return problem is null ? await ServeAsync(deployment, process!) : await FailAsync(deployment, launch, process, problem);
    }

    // Null when the gate is passed.
    private async Task<string?> WatchAsync(InstanceLaunch launch, InstanceProcess process, DateTimeOffset requested, CancellationToken stopping)
    {
        var terms = LaunchPlanner.Terms(launch.Deploy);
        var steady = new SteadyClock(clock);
        var since = steady.GetUtcNow();
        var rounds = new List<ProbeObservation>();
        while (true)
        {
            if (!await host.LivesAsync(launch.Instance, process, stopping))
            {
                return "the process ended";
            }

            switch (HealthGate.Judge(terms, rounds, since, steady.GetUtcNow()))
            {
                case HealthRuling.Passed:
                    return null;
                case HealthRuling.Failed failed:
                    return failed.Reason;
                case HealthRuling.Pending pending:
                    await InstanceWait.UntilAsync(host, steady, pending.NotBefore, launch.Instance, process, stopping);
                    var at = steady.GetUtcNow();
                    var verdict = await prober.ProbeAsync(launch, pending.Kind, requested, stopping);
                    rounds.Add(verdict.Round(pending.Round, pending.Kind, at));
                    break;
            }
        }
    }

    private async Task<StartOutcome.Unhealthy?> ServeAsync(Journal<DeploymentState, DeploymentEvent> deployment, InstanceProcess process)
    {
        var state = deployment.State;
        await host.ArmAsync(state.Current!);
        var now = clock.GetUtcNow();
        var serving = new InstanceServing(state.Current!, process, state.Cause, now);
        if (state.Cause == ServingCause.Start)
        {
            await deployment.AppendAsync(serving, new LastKnownGoodKept(state.Current!.Version, now));
        }
        else
        {
            await deployment.AppendAsync(serving);
        }

        return null;
    }

    private Task<string> TailAsync(InstanceLaunch launch) =>
        host.LogTailAsync(launch.Substrate, launch.Instance, options.Value.LogTail, CancellationToken.None);

    private async Task<StartOutcome.Unhealthy> FailAsync(
        Journal<DeploymentState, DeploymentEvent> deployment, InstanceLaunch launch, InstanceProcess? process, string reason)
    {
        var state = deployment.State;
        if (state.Cause == ServingCause.Repair && await host.LivesAsync(launch.Instance, process, CancellationToken.None))
        {
            // It was good once; a sick instance that a person can look at is better than none.
            await deployment.AppendAsync(new InstanceServing(launch.Instance, process, state.Cause, clock.GetUtcNow()));
        }
        else
        {
            // One that Moss found running goes on without Moss.
            await (launch.Instance.Recipe?.Adopted is null ? host.StopAsync(launch.Instance, process) : Task.CompletedTask);
            await deployment.AppendAsync(new InstanceStartFailed(launch.Instance.Marker, reason, await TailAsync(launch), clock.GetUtcNow()));
        }

        return new StartOutcome.Unhealthy(reason, await TailAsync(launch));
    }
}
