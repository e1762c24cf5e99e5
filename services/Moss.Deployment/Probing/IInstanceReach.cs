using System.Net;
using Moss.Deployment.Instances;
using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>How probes come at an instance. Nothing here throws but for a cancelled token.</summary>
internal interface IInstanceReach
{
    /// <summary>Where its port is reached; null when it cannot be.</summary>
    Task<IPAddress?> AddressAsync(InstanceLaunch launch, CancellationToken cancellationToken);

    /// <summary>A command beside the instance exits with 0 in time.</summary>
    Task<ProbeVerdict> ExecAsync(Probe.Exec probe, InstanceLaunch launch, CancellationToken cancellationToken);

    /// <summary>A file of its state was written lately, and since that moment.</summary>
    Task<ProbeVerdict> HeartbeatAsync(Probe.Heartbeat probe, InstanceLaunch launch, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The engine's own check of the container holds it for healthy.</summary>
    Task<ProbeVerdict> EngineAsync(InstanceLaunch launch, CancellationToken cancellationToken);
}
