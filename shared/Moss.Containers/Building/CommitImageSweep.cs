using Moss.Containers.Engine;
using Moss.Containers.Engine.Images;

namespace Moss.Containers.Building;

/// <summary>
/// Takes the names that <see cref="CommitImages"/> gave away from images that are old; what has no other name and is not used by a
/// container, running or stopped, is gone then. Who needs an image longer gives it a name of its own.
/// </summary>
/// <param name="engine">Where.</param>
/// <param name="retention">Age of an image at which it is old.</param>
/// <param name="time">The clock.</param>
public sealed class CommitImageSweep(EngineClient engine, TimeSpan retention, TimeProvider time)
{
    /// <summary>Whose name was never given, or was given to another: nobody finds it again. Naming takes no time at all.</summary>
    private static readonly TimeSpan Nameless = TimeSpan.FromHours(1);

    /// <summary>Does it once.</summary>
    /// <returns>How many names, and images without one, were removed.</returns>
    /// <exception cref="EngineException">The engine did not do its part.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var image in await engine.Images.ListAsync([CommitImageName.Substrate, CommitImageName.Commit, CommitImageName.Recipe], cancellationToken))
        {
            foreach (var name in Removable(image, time.GetUtcNow()))
            {
                removed += await RemoveAsync(name, cancellationToken) ? 1 : 0;
            }
        }

        return removed;
    }

    private IEnumerable<string> Removable(ImageSummary image, DateTimeOffset now)
    {
        var age = now - DateTimeOffset.FromUnixTimeSeconds(image.Created);
        var names = (image.RepoTags ?? []).Where(name => name != "<none>:<none>").ToList();
        var own = image.Labels?.GetValueOrDefault(CommitImageName.Commit);
        return names.Count == 0
            ? age >= Nameless ? [image.Id] : []
            : age >= retention ? names.Where(name => CommitImageName.IsOurs(name) && name.EndsWith($":{own}", StringComparison.Ordinal)) : [];
    }

    private async Task<bool> RemoveAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Images.RemoveAsync(name, cancellationToken);
            return true;
        }
        catch (EngineException used) when (used.Kind == EngineFailure.Conflict)
        {
            return false;
        }
    }
}
