using System.Text.Json.Nodes;
using Moss.Containers.Engine;
using Moss.Deployment.Instances.Containers;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>
/// Who stands where. A container that Moss made is told by a label that holds a number nobody can guess, by its image and by what it
/// was made from; one that it found there by its id. Never by a name: names are what is swapped.
/// </summary>
internal sealed class SwapPlaces(ISwapEngine engine, DeploymentFolders folders)
{
    private const string ComposeProject = "com.docker.compose.project";

    /// <summary>The instance's container; null when there is none.</summary>
    public async Task<SwapContainer?> FindAsync(Instance instance, CancellationToken cancellationToken)
    {
        var adopted = instance.Recipe?.Adopted is { } id ? await engine.FindAsync(id, cancellationToken) : null;
        return adopted is { Runs: true } or { HasChosenPort: false } ? adopted : await MadeAsync(instance, cancellationToken) ?? adopted;
    }

    /// <summary>The same, made where there is none, in all its networks and not started.</summary>
    /// <exception cref="EngineException">The engine does not make it.</exception>
    public async Task<SwapContainer?> MakeAsync(InstanceLaunch launch)
    {
        if (await FindAsync(launch.Instance, CancellationToken.None) is not { } found || await WouldMoveAsync(launch, found))
        {
            await engine.MakeAsync(SwapNames.New(SwapNames.Place(launch.Instance), launch.Instance.Marker), Body(launch));
        }

        if (await FindAsync(launch.Instance, CancellationToken.None) is not { } container)
        {
            return null;
        }

        await JoinAsync(launch.Instance.Recipe!, container);
        return container;
    }

    /// <summary>One that runs where the instance is about to; null when nothing does. Volumes have no lock of their own.</summary>
    public async Task<SwapContainer?> WriterBesideAsync(Instance instance, SwapContainer mine, CancellationToken cancellationToken)
    {
        var place = SwapNames.Place(instance);
        var beside = await engine.NamedAsync(SwapNames.Beside(place), cancellationToken);
        var there = await engine.FindAsync(place, cancellationToken);
        return beside.Append(there).FirstOrDefault(other => other is { Runs: true } && other.Id != mine.Id);
    }

    /// <summary>Gives it the place's name; who has it, and does not run, steps aside.</summary>
    public async Task TakeAsync(Instance instance, SwapContainer mine)
    {
        var place = SwapNames.Place(instance);
        var holder = await engine.FindAsync(place, CancellationToken.None);
        if (holder?.Id == mine.Id)
        {
            return;
        }

        if (holder is not null)
        {
            await engine.RenameAsync(holder.Id, SwapNames.Old(place, holder.Id));
        }

        await engine.RenameAsync(mine.Id, place);
    }

    /// <summary>
    /// Compose tells its containers by labels, and of two that have the same it takes one away, not always the one that does not run.
    /// So of its services only whoever serves stays; what may be wanted back is made again from its recipe.
    /// </summary>
    public async Task LeaveToComposeAsync(Instance serving, SwapContainer mine)
    {
        if (!mine.Runs || mine.Label(ComposeProject).Length == 0)
        {
            return;
        }

        foreach (var other in await engine.NamedAsync(SwapNames.Beside(SwapNames.Place(serving)), CancellationToken.None))
        {
            if (!other.Runs && other.Id != mine.Id && other.Label(ComposeProject) == mine.Label(ComposeProject))
            {
                await engine.RemoveAsync(other.Id);
            }
        }
    }

    /// <summary>Markers begin with the substrate's name.</summary>
    public static string SubstrateOf(Instance instance) => instance.Marker[..instance.Marker.LastIndexOf('-')];

    private async Task<SwapContainer?> MadeAsync(Instance instance, CancellationToken cancellationToken) =>
        (await engine.LabelledAsync([$"{ContainerNames.InstanceLabel}={instance.Marker}"], cancellationToken)).FirstOrDefault(container =>
            container.Image == instance.Version.Image
            && container.Label(ContainerNames.OwnerLabel) == folders.Owner()
            && instance.Recipe is { } recipe && MadeFrom.Is(recipe, container));

    // Started again it would have another port of the machine than its clients know. Its recipe has that port; but what was written
    // in it beside its volumes comes first.
    private async Task<bool> WouldMoveAsync(InstanceLaunch launch, SwapContainer found) =>
        found is { Runs: false, HasChosenPort: true } && found.Id == launch.Instance.Recipe!.Adopted
        && await engine.InspectAsync(found.Id, CancellationToken.None) is { } inspected
        && SwapLosses.Of(await engine.ChangesAsync(found.Id, CancellationToken.None), SwapLosses.Elsewhere(inspected), launch.Deploy.Swap?.Loses ?? []).Lost.IsEmpty;

    private JsonObject Body(InstanceLaunch launch)
    {
        var body = JsonNode.Parse(launch.Instance.Recipe!.Body)!.AsObject();
        var labels = body["Labels"] as JsonObject ?? [];
        foreach (var (name, value) in InstanceContainer.StateLabels(launch.Substrate, folders.Owner())
            .Add(ContainerNames.InstanceLabel, launch.Instance.Marker).Add(ContainerNames.VersionLabel, launch.Instance.Version.Commit))
        {
            labels[name] = value;
        }

        body["Labels"] = labels;
        return body;
    }

    // Before its start: a program that looks for its peers finds them then.
    private async Task JoinAsync(ContainerRecipe recipe, SwapContainer container)
    {
        if (container.StartedAt is not null || recipe.Joins.IsEmpty)
        {
            return;
        }

        var joined = (await engine.InspectAsync(container.Id, CancellationToken.None))?["NetworkSettings"]?["Networks"] as JsonObject ?? [];
        foreach (var (network, endpoint) in recipe.Joins.Where(join => !joined.ContainsKey(join.Key)))
        {
            await engine.JoinAsync(network, container.Id, JsonNode.Parse(endpoint)!);
        }
    }
}
