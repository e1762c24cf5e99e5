using Microsoft.Extensions.Logging;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances;

/// <summary>Removes what earlier instances left behind, once nothing can need it any more.</summary>
internal sealed partial class InstanceTidying(IInstanceHost host, ILogger<InstanceTidying> logger)
{
    /// <summary>Does nothing while a promotion goes on. What cannot be removed now is removed the next time.</summary>
    /// <param name="substrate">Whose lock is held.</param>
    /// <param name="state">Its deployment.</param>
    public async Task TidyAsync(string substrate, DeploymentState state)
    {
        if (state is not { Promotion: null, Phase: DeploymentPhase.Serving or DeploymentPhase.Stopped })
        {
            return;
        }

        try
        {
            await host.TidyAsync(substrate, state.Phase == DeploymentPhase.Serving ? Kept(state) : null, CancellationToken.None);
        }
        catch (IOException trouble)
        {
            LogLeft(substrate, trouble.Message);
        }
    }

    // Where no way back is left nothing needs the copies that it would put back.
    private static Instance? Kept(DeploymentState state) =>
        state is { WayBack: null, Current: { Recipe: { } recipe } current } ? current with { Recipe = recipe with { PutsBack = [] } } : state.Current;

    [LoggerMessage(LogLevel.Warning, "{Substrate}: what earlier versions left could not be removed yet: {Reason}")]
    private partial void LogLeft(string substrate, string reason);
}
