using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;

namespace Moss.Deployment.Watching;

/// <summary>Looks at the instance that is watched.</summary>
internal sealed class InstanceSights(IInstanceHost host, IInstanceEngine engine, TimeProvider clock)
{
    /// <summary>A few lines of what it printed last, for the reason of a rollback.</summary>
    private const int TailBytes = 600;

    /// <summary>Null when it is gone through no fault of its own, as far as can be told: it is to be started again.</summary>
    /// <param name="substrate">Whose.</param>
    /// <param name="state">A version serves and is watched.</param>
    /// <param name="looking">True when somebody looked just before.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="HostAwayException">It cannot be told now.</exception>
    public async Task<InstanceSighting?> LookAsync(string substrate, DeploymentState state, bool looking, CancellationToken cancellationToken)
    {
        var (current, repairs) = (state.Current!, state.Watch!.Repairs);
        if (state.Process is { Container: { } container } known)
        {
            var ruling = ContainerJudge.Rule(await SeeAsync(container, known, cancellationToken), repairs);
            return ruling is InstanceSighting.Ended ended ? await ToldAsync(substrate, current, ended.Detail, cancellationToken) : ruling;
        }

        // Nobody remembers how a process ended: one that ended with the machine nobody was looking at. It may hand over to one that it started.
        return await host.LivesAsync(current, state.Process, cancellationToken) ? new InstanceSighting.Lives()
            : looking || repairs >= WatchJudge.RepairsAtMost ? await ToldAsync(substrate, current, "its process ended", cancellationToken)
            : null;
    }

    private async Task<ContainerSight> SeeAsync(string container, InstanceProcess known, CancellationToken cancellationToken)
    {
        var seen = await engine.FindAsync(container, cancellationToken);
        var memory = (await engine.RememberAsync(container, clock.GetUtcNow(), cancellationToken)).Since(new DateTimeOffset(known.StartTicks, TimeSpan.Zero));
        return new ContainerSight(seen is { Runs: true }, memory.End())
        {
            StartedAgain = seen?.StartedAt?.UtcTicks != known.StartTicks,
            Restarts = seen?.Restarts ?? 0,
            OutOfMemory = memory.OutOfMemory || seen is { OutOfMemory: true },
            ExitCode = memory.ExitCode ?? (seen is { Runs: false } ? seen.ExitCode : null),
        };
    }

    private async Task<InstanceSighting.Ended> ToldAsync(string substrate, Instance instance, string what, CancellationToken cancellationToken)
    {
        var tail = (await host.LogTailAsync(substrate, instance, TailBytes, cancellationToken)).Trim();
        return new InstanceSighting.Ended(tail.Length == 0 ? what : $"{what}; it printed last: {tail}");
    }
}
