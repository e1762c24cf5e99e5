using System.Collections.Immutable;
using System.Net;
using Moss.Deployment.Instances;
using Moss.Domain.Promotion;
using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>What one round of probes came to.</summary>
internal sealed record ProbeVerdict(bool Passed, string Detail)
{
    /// <summary>False when a probe of its life failed.</summary>
    public bool Alive { get; init; } = true;

    /// <summary>As a round.</summary>
    public ProbeObservation Round(int number, ProbeKind kind, DateTimeOffset at) => new(number, Passed, Detail, at) { Kind = kind, Alive = Alive };
}

/// <summary>Asks a running instance whether it is healthy. A round never throws and never outlasts its probes' time limits.</summary>
internal sealed class InstanceProber(HttpProbe http, IInstanceReach reach, IInstanceHost host, TimeProvider clock)
{
    /// <summary>One round: all probes at once; every one must pass.</summary>
    /// <param name="launch">The instance.</param>
    /// <param name="kind">Which probes are asked.</param>
    /// <param name="since">When its start was decided; what was written before says nothing about it.</param>
    /// <param name="cancellationToken">Ends the round.</param>
    public async Task<ProbeVerdict> ProbeAsync(InstanceLaunch launch, ProbeKind kind, DateTimeOffset since, CancellationToken cancellationToken)
    {
        try
        {
            if (await host.StrangerOnAsync(launch.Instance.Port, launch.Instance, null, cancellationToken) is { } other)
            {
                return new ProbeVerdict(false, $"port {launch.Instance.Port} is held by {other}");
            }
        }
        catch (HostAwayException away)
        {
            return new ProbeVerdict(false, away.Message);
        }

        if (kind == ProbeKind.Startup)
        {
            return Together(await AllAsync(launch.Deploy.Startup?.Probes ?? [], launch, since, cancellationToken));
        }

        var liveness = AllAsync(launch.Deploy.Liveness, launch, since, cancellationToken);
        var readiness = Together(await AllAsync(launch.Deploy.Probes, launch, since, cancellationToken));
        var life = Together(await liveness);
        return life.Passed ? readiness : new ProbeVerdict(false, $"liveness: {life.Detail}") { Alive = false };
    }

    private static ProbeVerdict Together(ProbeVerdict[] verdicts) => verdicts.Length == 0
        ? new ProbeVerdict(true, "the process lives; no probe is declared")
        : new ProbeVerdict(verdicts.All(verdict => verdict.Passed), string.Join("; ", verdicts.Select(verdict => verdict.Detail)));

    private Task<ProbeVerdict[]> AllAsync(ImmutableArray<Probe> probes, InstanceLaunch launch, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.WhenAll(probes.Select(probe => TryOneAsync(probe, launch, since, cancellationToken)));

    private async Task<ProbeVerdict> TryOneAsync(Probe probe, InstanceLaunch launch, DateTimeOffset since, CancellationToken cancellationToken) =>
        probe switch
        {
            Probe.Exec exec => await reach.ExecAsync(exec, launch, cancellationToken),
            Probe.Engine => await reach.EngineAsync(launch, cancellationToken),
            Probe.Heartbeat beat => await reach.HeartbeatAsync(beat, launch, since, cancellationToken),
            _ => await reach.AddressAsync(launch, cancellationToken) is { } address
                ? await AskAsync(probe, new IPEndPoint(address, launch.Instance.Port), cancellationToken)
                : new ProbeVerdict(false, $"{Name(probe)}: the instance has no address that can be reached from here"),
        };

    private async Task<ProbeVerdict> AskAsync(Probe probe, IPEndPoint place, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(probe.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return probe switch
            {
                Probe.Http ask => await http.AskAsync(place, ask.Path, both.Token),
                Probe.Tcp => await TcpProbe.ConnectAsync(place, both.Token),
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
