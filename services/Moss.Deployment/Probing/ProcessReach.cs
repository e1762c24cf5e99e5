using System.Net;
using Moss.Deployment.Instances;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>Probes of a process of this machine.</summary>
internal sealed class ProcessReach(IProcessRunner runner, TimeProvider clock) : IInstanceReach
{
    public Task<IPAddress?> AddressAsync(InstanceLaunch launch, CancellationToken cancellationToken) => Task.FromResult<IPAddress?>(IPAddress.Loopback);

    public Task<ProbeVerdict> ExecAsync(Probe.Exec probe, InstanceLaunch launch, CancellationToken cancellationToken) =>
        ExecProbe.RunAsync(runner, probe, launch, cancellationToken);

    public Task<ProbeVerdict> HeartbeatAsync(Probe.Heartbeat probe, InstanceLaunch launch, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(launch.StateFolder));
        if (HeartbeatProbe.PathBelow(root, probe) is not { } path)
        {
            return Task.FromResult(HeartbeatProbe.Outside(probe));
        }

        var file = new FileInfo(path);
        DateTimeOffset? written = file.Exists && file.LinkTarget is null ? new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero) : null;
        return Task.FromResult(HeartbeatProbe.Judge(probe, written, since, clock.GetUtcNow()));
    }

    public Task<ProbeVerdict> EngineAsync(InstanceLaunch launch, CancellationToken cancellationToken) =>
        Task.FromResult(new ProbeVerdict(false, "a process has no engine that checks it"));
}
