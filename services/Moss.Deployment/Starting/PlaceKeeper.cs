using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Swapping;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Starting;

/// <summary>Who is to stand at the place of a container that Moss did not make.</summary>
internal sealed class PlaceKeeper(SwapAdoption adoption, IInstanceHost host, TimeProvider clock)
{
    /// <summary>
    /// Puts on record who is started there. A version that stood there before is the same container again; another one is what runs
    /// there now, on the word of the person who says so.
    /// </summary>
    /// <returns>Null, or why nothing is.</returns>
    /// <exception cref="NotDeployableException">Nothing runs there.</exception>
    public async Task<StartOutcome.Refused?> BeginAsync(
        string substrate, DeployedVersion version, DeployStep deploy, ServingCause cause, Journal<DeploymentState, DeploymentEvent> deployment)
    {
        var (current, before) = (deployment.State.Current, deployment.State.Before);
        var known = new[] { current, before }.FirstOrDefault(instance => instance?.Recipe is not null && instance.Version.Tree == version.Tree);
        if (current?.Recipe is not null && current.Marker != known?.Marker && await host.LivesAsync(current, deployment.State.Process, CancellationToken.None))
        {
            if (known is null)
            {
                return new StartOutcome.Refused(
                    "reference", $"{current.Version.Commit} stands at '{current.Recipe.Name}', and no container of {version.Commit} is known any more", "promote that version instead");
            }

            if (!current.Recipe.PutsBack.IsEmpty)
            {
                return new StartOutcome.Refused(
                    "reference", $"{version.Commit} cannot read what {current.Version.Commit} wrote, as a rehearsal showed",
                    $"take the promotion back, and the state with it: moss evo rollback {substrate}; or stop it, put a backup of yours in place by hand, and start that version then");
            }

            await host.StopAsync(current, deployment.State.Process);
        }

        var now = clock.GetUtcNow();
        await deployment.AppendAsync(new InstanceStartRequested(known ?? await adoption.FindAsync(substrate, version, deploy, now, CancellationToken.None), cause, now));
        return null;
    }
}
