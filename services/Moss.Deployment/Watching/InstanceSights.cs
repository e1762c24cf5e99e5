using Moss.Deployment.Instances;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;

namespace Moss.Deployment.Watching;

/// <summary>Looks at the instance that is watched.</summary>
internal sealed class InstanceSights(IInstanceHost host)
{
    /// <summary>A few lines of what it printed last, for the reason of a rollback.</summary>
    private const int TailBytes = 600;

    /// <summary>Null when it is gone and nobody saw it go: it may have ended with the machine, and is to be started again.</summary>
    /// <exception cref="HostAwayException">It cannot be told now.</exception>
    public async Task<InstanceSighting?> LookAsync(string substrate, DeploymentState state, bool looking, CancellationToken cancellationToken)
    {
        var current = state.Current!;
        if (!await host.LivesAsync(current, state.Process, cancellationToken))
        {
            return looking || state.Watch!.Repairs >= WatchJudge.RepairsAtMost
                ? new InstanceSighting.Ended(await ToldAsync(substrate, current, "its process ended", cancellationToken))
                : null;
        }

        // A container keeps its name over a restart; a process of this machine may hand over to one that it started.
        return state.Process is { Container: not null } known
            && await host.FindAsync(current, cancellationToken) is { } now && (now.Container, now.StartTicks) != (known.Container, known.StartTicks)
                ? new InstanceSighting.Ended(await ToldAsync(substrate, current, "its container was started again by the engine", cancellationToken))
                : new InstanceSighting.Lives();
    }

    private async Task<string> ToldAsync(string substrate, Instance instance, string what, CancellationToken cancellationToken)
    {
        var tail = (await host.LogTailAsync(substrate, instance, TailBytes, cancellationToken)).Trim();
        return tail.Length == 0 ? what : $"{what}; it printed last: {tail}";
    }
}
