using System.Collections.Immutable;
using Moss.Containers.Engine.Transport;
using Moss.Containers.Engine.Volumes;

namespace Moss.Containers.Engine;

/// <summary>Folders of the daemon that outlive containers. Any number of containers may write to one at once: nothing but Moss guards it.</summary>
public sealed class EngineVolumes
{
    private readonly EngineTransport transport;

    internal EngineVolumes(EngineTransport transport) => this.transport = transport;

    /// <summary>Makes one; nothing happens when there is one of that name, whatever its labels.</summary>
    public Task CreateAsync(string name, IReadOnlyDictionary<string, string> labels, CancellationToken cancellationToken) =>
        transport.DoAsync(EngineCall.Post("volumes", "create").WithJson(new { Name = name, Labels = labels }), cancellationToken);

    /// <summary>Volumes that carry all of these labels.</summary>
    public async Task<ImmutableArray<VolumeSummary>> ListAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        (await transport.ReadAsync<Listed>(EngineCall.Get("volumes").WithLabels(labels), cancellationToken)).Volumes ?? [];

    /// <summary>Removes it with all that is in it; nothing happens when it is not there.</summary>
    /// <exception cref="EngineException">A container has it, running or not (<see cref="EngineFailure.Conflict"/>).</exception>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await transport.DoAsync(EngineCall.Delete("volumes", name), cancellationToken);
        }
        catch (EngineException gone) when (gone.Kind == EngineFailure.NotFound)
        {
            // That is what was wanted.
        }
    }

    private sealed record Listed(ImmutableArray<VolumeSummary>? Volumes);
}
