using System.Text.Json.Nodes;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Volumes;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>
/// What a swap needs of a container engine; containers are told by their ids. Every call may be made again. An engine that does not
/// answer is <see cref="HostAwayException"/>, one that refuses is <see cref="EngineException"/>.
/// </summary>
internal interface ISwapEngine
{
    /// <summary>A close look, by id or name; null when there is none.</summary>
    Task<SwapContainer?> FindAsync(string container, CancellationToken cancellationToken);

    /// <summary>Containers that carry all of these labels, running or not, each looked at closely.</summary>
    Task<IReadOnlyList<SwapContainer>> LabelledAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken);

    /// <summary>Containers whose names begin so, running or not, each looked at closely.</summary>
    Task<IReadOnlyList<SwapContainer>> NamedAsync(string beginning, CancellationToken cancellationToken);

    /// <summary>All that the engine knows of a container; null when there is none.</summary>
    Task<JsonObject?> InspectAsync(string container, CancellationToken cancellationToken);

    /// <summary>All that the engine knows of an image; null when there is none.</summary>
    Task<JsonObject?> InspectImageAsync(string image, CancellationToken cancellationToken);

    /// <summary>What was written in it beside its volumes.</summary>
    Task<IReadOnlyList<ContainerChange>> ChangesAsync(string container, CancellationToken cancellationToken);

    /// <summary>The folder in which the engine keeps what it has, on its machine.</summary>
    Task<string> RootAsync(CancellationToken cancellationToken);

    /// <summary>Makes a container of that name when there is none; it is not started.</summary>
    Task MakeAsync(string name, JsonObject body);

    /// <summary>Joins it to a network; fine when it is.</summary>
    Task JoinAsync(string network, string container, JsonNode endpoint);

    /// <summary>Says what the engine does when it ends.</summary>
    Task SetRestartPolicyAsync(string container, JsonNode policy);

    /// <summary>Gives it a name that nobody has; fine when it has it.</summary>
    Task RenameAsync(string container, string name);

    /// <summary>Starts it; fine when it runs.</summary>
    Task StartAsync(string container);

    /// <summary>Stops it by its own signal; fine when it does not run.</summary>
    /// <param name="container">Which.</param>
    /// <param name="grace">Until it is killed.</param>
    Task StopAsync(string container, TimeSpan grace);

    /// <summary>Completes when it does not run, or is not there.</summary>
    Task EndOfAsync(string container, CancellationToken cancellationToken);

    /// <summary>Removes one that does not run, and none of its volumes; fine when it is not there.</summary>
    Task RemoveAsync(string container);

    /// <summary>Kills it when it runs, and removes it with the volumes without a name that its image made for it, and no others.</summary>
    Task RemoveWithVolumesAsync(string container);

    /// <summary>Writes the last thousand lines of what it printed, since nothing bounds the log of a container that a person made; fine when it is not there.</summary>
    /// <exception cref="EngineException">Its log driver does not let them be read.</exception>
    Task CopyLogsAsync(string container, Stream destination, CancellationToken cancellationToken);

    /// <summary>Makes a volume when there is none of that name.</summary>
    Task MakeVolumeAsync(string name, IReadOnlyDictionary<string, string> labels);

    /// <summary>Volumes that carry all of these labels.</summary>
    Task<IReadOnlyList<VolumeSummary>> VolumesAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken);

    /// <summary>Removes a volume that no container has; fine when there is none.</summary>
    Task RemoveVolumeAsync(string name);
}
