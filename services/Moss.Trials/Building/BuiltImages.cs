using System.Diagnostics;
using Moss.Containers.Building;
using Moss.Containers.Engine;
using Moss.Replays;
using Moss.Trials.Sandboxing;
using Moss.Workspaces;

namespace Moss.Trials.Building;

/// <summary>Commits as images of the container engine. An engine that is away is waited for.</summary>
internal sealed class BuiltImages(Lazy<TrialContainers> containers, TrialsOptions options)
{
    /// <summary>The image of a commit, built as the substrate declares it (at the base commit).</summary>
    /// <exception cref="IOException">The engine stayed away, or broke: worth another try.</exception>
    public async Task<BuiltSource> GetAsync(LoadedSubstrate substrate, CommitHash commit, CancellationToken cancellationToken)
    {
        var request = CommitImageRequest.For(substrate.Entry.Repository, substrate.Declaration, substrate.Commit, commit)!;
        for (var retry = 0; ; retry++)
        {
            try
            {
                return await containers.Value.Images.GetAsync(request, cancellationToken) switch
                {
                    CommitImage.Ready ready => new BuiltSource.Ready(new ReplaySource.Image(ready.Id)),
                    CommitImage.Refused refused => new BuiltSource.Refused(refused.Reason, refused.Log),
                    _ => throw new UnreachableException(),
                };
            }
            catch (EngineException broken) when (retry >= options.InfrastructureRetries)
            {
                throw new IOException($"no image could be made: {broken.Message}", broken);
            }
            catch (EngineException)
            {
                await containers.Value.WaitAsync(cancellationToken);
            }
        }
    }
}
