using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Processes;

namespace Moss.Containers.Sandboxing;

/// <summary>
/// Removes sandbox containers whose Moss is gone: killed, or ended with its own container; and those of this process that it is done
/// with and that no engine was there to remove. What belongs to a Moss that lives, or of
/// which nothing can be known from here, is left alone.
/// </summary>
public sealed class DockerSweep(EngineClient engine)
{
    private readonly OwnContainer self = new(engine);

    /// <summary>Does it once; meant for the start of Moss, and for now and then afterwards, since other runners may be killed.</summary>
    /// <returns>How many were removed.</returns>
    /// <exception cref="EngineException">The engine did not do its part.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var here = (await self.FindAsync(cancellationToken)).Id ?? "";
        var removed = 0;
        foreach (var container in await engine.Containers.ListAsync([ContainerOwner.Label], cancellationToken))
        {
            if (container.Names.Any(ContainerName.IsOurs)
                && ContainerOwner.Parse(container.Labels[ContainerOwner.Label]) is { } owner
                && await IsGoneAsync(owner, here, container, cancellationToken))
            {
                await engine.Containers.RemoveAsync(container.Id, cancellationToken);
                removed++;
            }
        }

        return removed;
    }

    private async Task<bool> IsGoneAsync(ContainerOwner owner, string here, ContainerSummary container, CancellationToken cancellationToken)
    {
        if (owner.Container == here)
        {
            return owner.Process == ProcessTable.Self ? !container.Names.Any(LiveContainers.Has) : !ProcessTable.IsAlive(owner.Process);
        }

        // A process of the machine cannot be seen from within a container, unless another boot of the machine says enough.
        if (owner.Container.Length == 0)
        {
            return owner.Process.Boot != ProcessTable.Self.Boot;
        }

        try
        {
            var state = (await engine.Containers.InspectAsync(owner.Container, cancellationToken)).State;
            return !state.Running || state.StartedAt.ToUnixTimeSeconds() > container.Created;
        }
        catch (EngineException gone) when (gone.Kind == EngineFailure.NotFound)
        {
            return true;
        }
    }
}
