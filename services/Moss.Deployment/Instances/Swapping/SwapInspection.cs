using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Moss.Containers.Building;
using Moss.Containers.Recreation;
using Moss.Deployment.Instances.Swapping.Rehearsing;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>What would come of a swap.</summary>
/// <param name="Recipe">The container that would take the place; null when it must not.</param>
/// <param name="Refusals">Why it must not, each with what to do.</param>
/// <param name="Notices">What a person should know who allows it.</param>
internal sealed record SwapOutlook(ContainerRecipe? Recipe, ImmutableArray<string> Refusals, ImmutableArray<string> Notices)
{
    /// <summary>Names of the volumes of which copies are declared.</summary>
    public ImmutableArray<string> Snapshot { get; init; } = [];

    /// <summary>What a rehearsal needs; null when none is declared.</summary>
    public RehearsalScene? Scene { get; init; }
}

/// <summary>Looks at everything that a swap could break, before anything is touched. It changes nothing.</summary>
internal sealed class SwapInspection(ISwapEngine engine, SwapPlaces places, SwapNeighbours neighbours, SwapRoom room)
{
    private const string OwnLabels = "moss.";

    /// <param name="current">What serves.</param>
    /// <param name="target">As declared.</param>
    /// <param name="image">Id of the image to come.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SwapOutlook> LookAsync(Instance current, SwapTarget target, string image, CancellationToken cancellationToken)
    {
        if (await places.FindAsync(current, cancellationToken) is not { Runs: true } container
            || await engine.InspectAsync(container.Id, cancellationToken) is not { } inspected)
        {
            return Refused($"the container of '{current.Recipe!.Name}' does not run; start it first: docker start {current.Recipe.Name}");
        }

        if (await engine.InspectImageAsync(container.Image, cancellationToken) is not { } before)
        {
            return Refused($"the image of the container that runs, {container.Image}, is not there any more, and no rollback could start it again; pull it or build it");
        }

        if (await engine.InspectImageAsync(image, cancellationToken) is not { } after)
        {
            return Refused($"image {image} is not there; evolve again");
        }

        var made = Recreation.Of(inspected, before, after);
        var (lost, left) = SwapLosses.Of(await engine.ChangesAsync(container.Id, cancellationToken), SwapLosses.Elsewhere(inspected), target.Loses);
        var refusals = Forms(inspected, after, container, target).Concat(lost.Take(1).Select(_ => Lost(lost)))
            .Concat(await neighbours.OfAsync(container, cancellationToken))
            .Concat(await places.WriterBesideAsync(current, container, cancellationToken) is { } writer
                ? [$"container {writer.Name} runs in this place too; stop it: docker stop {writer.Name}"]
                : [])
            .Concat(await room.ProblemAsync(after, cancellationToken) is { } full ? [full] : [])
            .Concat(target.Rehearsal is null ? [] : RehearsalLimits.Of(inspected))
            .ToImmutableArray();
        return refusals.IsEmpty
            ? new SwapOutlook(new ContainerRecipe(current.Recipe!.Name, made.Body, made.Joins, made.RestartPolicy), [], Notices(made, left, container, target))
            {
                Snapshot = [.. target.Snapshot.Select(folder => container.Volumes[folder])],
                Scene = target.Rehearsal is null ? null : RehearsalScene.Of(inspected, before),
            }
            : new SwapOutlook(null, refusals, made.Notices);
    }

    private static SwapOutlook Refused(string reason) => new(null, [reason], []);

    private static IEnumerable<string> Forms(JsonObject inspected, JsonObject after, SwapContainer container, SwapTarget target)
    {
        if (inspected["HostConfig"]?["AutoRemove"]?.GetValue<bool>() is true)
        {
            yield return "the container was started with --rm: to stop it would remove it with its anonymous volumes; start it without --rm";
        }

        if (inspected["State"]?["Paused"]?.GetValue<bool>() is true)
        {
            yield return $"the container is paused, and a swap would make it serve; let it go on first: docker unpause {container.Name}";
        }

        foreach (var (label, _) in ((after["Config"] as JsonObject)?["Labels"] as JsonObject ?? []).Where(label => IsForged(label.Key)))
        {
            yield return $"the new image has the label {label}, which is Moss's own; remove it from the Dockerfile";
        }

        foreach (var folder in target.Snapshot.Where(folder => !container.Volumes.ContainsKey(folder)))
        {
            yield return $"deploy.swap.snapshot names {folder}, and no volume of the container is mounted there; name one of {string.Join(", ", container.Volumes.Keys.Order(StringComparer.Ordinal))}";
        }
    }

    // What Moss builds it marks itself, over whatever stood there.
    private static bool IsForged(string label) =>
        label.StartsWith(OwnLabels, StringComparison.Ordinal) && !CommitImages.Marks(label);

    private static string Lost(ImmutableArray<string> lost) => string.Create(
        CultureInfo.InvariantCulture,
        $"{lost.Length} files that were written beside the volumes would be lost: {string.Join(", ", lost.Take(5))}{(lost.Length > 5 ? " …" : "")}; move them into a volume, or allow it: deploy.swap.loses");

    private static string StateText(SwapTarget target) => target switch
    {
        { Rehearsal: not null, Snapshot.IsEmpty: true } =>
            "the state is rehearsed and not copied: when the version that serves cannot read what the new one writes, the promotion is refused before anything is touched",
        { Rehearsal: not null } =>
            "the state is rehearsed and copied: when the version that serves cannot read what the new one writes, each way back puts the copy back and loses what was written since",
        { Snapshot.IsEmpty: false } =>
            "the state is copied and not rehearsed: the copy is put back when the promotion itself fails; a rollback after it leaves the state, and the version before has to read it",
        _ => "the state is neither rehearsed nor copied: a rollback works only if the version before reads what the new one writes",
    };

    private static ImmutableArray<string> Notices(RecreatedContainer made, ImmutableArray<string> left, SwapContainer container, SwapTarget target) =>
    [
        .. made.Notices,
        .. left.Select(path => $"lost with the old container: {path}"),
        .. container.Volumes.Count == 0 ? ImmutableArray<string>.Empty : [StateText(target)],
        .. container.Volumes.Where(volume => !target.Snapshot.Contains(volume.Key)).OrderBy(volume => volume.Key, StringComparer.Ordinal)
            .Select(volume => $"a rollback does not undo what the new version writes to {volume.Key} (volume {volume.Value}): deploy.swap.snapshot does not name it"),
    ];
}
