using Moss.Deployment.Instances;
using Moss.Processes;
using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>What one round of probes came to.</summary>
internal sealed record ProbeVerdict(bool Passed, string Detail);

/// <summary>Asks a running instance whether it is healthy. A round never throws and never outlasts its probes' time limits.</summary>
internal sealed class InstanceProber(HttpProbe http, IProcessRunner runner, IInstanceHost host, TimeProvider clock)
{
    /// <summary>One round: all probes at once; every one must pass.</summary>
    /// <param name="launch">The instance.</param>
    /// <param name="since">When its start was decided; what was written before says nothing about it.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public async Task<ProbeVerdict> ProbeAsync(InstanceLaunch launch, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (PortTable.HeldByOther(launch.Instance.Port, host.ProcessesOf(launch.Instance, null)) is { } other)
        {
            return new ProbeVerdict(false, $"port {launch.Instance.Port} is held by {other}");
        }

        var verdicts = await Task.WhenAll(launch.Deploy.Probes.Select(probe => TryOneAsync(probe, launch, since, cancellationToken)));
        return verdicts.Length == 0
            ? new ProbeVerdict(true, "the process lives; no probe is declared")
            : new ProbeVerdict(verdicts.All(verdict => verdict.Passed), string.Join("; ", verdicts.Select(verdict => verdict.Detail)));
    }

    private async Task<ProbeVerdict> TryOneAsync(Probe probe, InstanceLaunch launch, DateTimeOffset since, CancellationToken cancellationToken) =>
        probe switch
        {
            Probe.Exec exec => await ExecProbe.RunAsync(runner, exec, launch, cancellationToken),
            Probe.Heartbeat beat => HeartbeatProbe.Read(launch.StateFolder, beat, since, clock.GetUtcNow()),
            _ => await AskAsync(probe, launch.Instance.Port, cancellationToken),
        };

    private async Task<ProbeVerdict> AskAsync(Probe probe, int port, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(probe.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return probe switch
            {
                Probe.Http ask => await http.AskAsync(port, ask.Path, both.Token),
                Probe.Tcp => await TcpProbe.ConnectAsync(port, both.Token),
                _ => throw new InvalidOperationException($"unknown probe {probe}"),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeVerdict(false, $"{Name(probe)} did not answer within {probe.Timeout.TotalSeconds:0.###} s");
        }
    }

    private static string Name(Probe probe) => probe is Probe.Http ask ? $"http {ask.Path}" : "tcp";
}
