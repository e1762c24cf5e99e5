using Moss.Domain.Promotion;

namespace Moss.Domain.Consents;

/// <summary>How a consent names what would be replaced.</summary>
public static class ConsentTarget
{
    /// <summary>What serves by the deployment's own record; null when nothing does.</summary>
    public static string? Of(DeploymentState deployment) => deployment is { Phase: DeploymentPhase.Serving, Current: { } current } ? Of(current, deployment.Process) : null;

    /// <summary>The container, which no other ever has the id of; the marker of an instance that runs in none.</summary>
    public static string Of(Instance instance, InstanceProcess? process) => process?.Container ?? instance.Marker;
}
