using System.Collections.Immutable;
using Moss.Containers.Engine;
using Moss.Deployment.Instances.Containers;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>Copies of volumes, made and put back while nothing runs on them.</summary>
internal sealed class StateCopies(ISwapEngine engine, VolumeCopier copier, DeploymentFolders folders)
{
    private const string Prefix = "moss-snapshot-";

    /// <summary>Null when all are copied, else why one is not. Done again, it is done anew.</summary>
    public Task<string?> TakeAsync(PromotionPlan plan) => ToldAsync(async () =>
    {
        for (var index = 0; index < plan.Snapshot.Length; index++)
        {
            await engine.MakeVolumeAsync(CopyOf(plan.Candidate, index), Labels(plan.Substrate));
        }

        return await EachAsync(plan, (volume, copy) => (volume, copy), "taken");
    });

    /// <summary>Null when all are put back, else why one is not. Done again, it is done anew.</summary>
    public Task<string?> RestoreAsync(PromotionPlan plan) => ToldAsync(async () =>
        await MissingAsync(plan.Substrate, plan.Candidate, plan.Snapshot) ?? await EachAsync(plan, (volume, copy) => (copy, volume), "restored"));

    /// <summary>Null when the copies are there that were taken before the candidate first started, else which one is gone.</summary>
    public async Task<string?> MissingAsync(string substrate, Instance candidate, ImmutableArray<string> volumes)
    {
        if (volumes.IsEmpty)
        {
            return null;
        }

        var there = (await OfAsync(substrate, CancellationToken.None)).ToHashSet(StringComparer.Ordinal);
        return volumes.Where((_, index) => !there.Contains(CopyOf(candidate, index)))
            .Select(volume => $"the copy of volume {volume} from before the promotion is not there any more").FirstOrDefault();
    }

    /// <summary>Removes the copies of a substrate that were made before then and that no way back needs.</summary>
    /// <param name="substrate">Whose.</param>
    /// <param name="current">What serves.</param>
    /// <param name="before">Then.</param>
    /// <param name="cancellationToken">Ends it in the middle.</param>
    public async Task ForgetAsync(string substrate, Instance current, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var needed = (current.Recipe?.PutsBack ?? []).Select((_, index) => CopyOf(current, index)).ToHashSet(StringComparer.Ordinal);
        foreach (var copy in await OfAsync(substrate, cancellationToken, before))
        {
            if (!needed.Contains(copy))
            {
                await engine.RemoveVolumeAsync(copy);
            }
        }
    }

    private static string CopyOf(Instance candidate, int index) => $"{Prefix}{candidate.Marker}-{index}";

    private ImmutableSortedDictionary<string, string> Labels(string substrate) => InstanceContainer.StateLabels(substrate, folders.Owner());

    private async Task<IEnumerable<string>> OfAsync(string substrate, CancellationToken cancellationToken, DateTimeOffset? before = null) =>
        (await engine.VolumesAsync([.. Labels(substrate).Select(label => $"{label.Key}={label.Value}")], cancellationToken))
            .Where(copy => copy.Name.StartsWith(Prefix, StringComparison.Ordinal) && (before is null || copy.CreatedAt < before)).Select(copy => copy.Name);

    // The version that served before does the copying, also when it is put back much later.
    private async Task<string?> EachAsync(PromotionPlan plan, Func<string, string, (string From, string To)> direction, string deed)
    {
        for (var index = 0; index < plan.Snapshot.Length; index++)
        {
            var copy = CopyOf(plan.Candidate, index);
            var (from, to) = direction(plan.Snapshot[index], copy);
            if (await copier.CopyAsync(new VolumeCopy(plan.Fallback!.Version.Image!, from, to, $"{copy}-{deed}"), CancellationToken.None) is { } problem)
            {
                return $"volume {plan.Snapshot[index]}: {problem}";
            }
        }

        return null;
    }

    private static async Task<string?> ToldAsync(Func<Task<string?>> deed)
    {
        try
        {
            return await deed();
        }
        catch (EngineException refused)
        {
            return refused.Message;
        }
    }
}
