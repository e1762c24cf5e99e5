using System.Runtime.CompilerServices;
using Moss.Gateway.Proxy;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Moss.Gateway.Health;

/// <summary>
/// A process is healthy from the first probe on that it answers, and no longer after two in a row that it does not: one may be
/// late on a busy machine. One that never answered is not healthy.
/// </summary>
internal sealed partial class ProbePolicy(IDestinationHealthUpdater updater, ILogger<ProbePolicy> logger) : IActiveHealthCheckPolicy
{
    private const int Enough = 2;

    private readonly ConditionalWeakTable<DestinationState, StrongBox<int>> failures = [];

    public string Name => nameof(ProbePolicy);

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults) =>
        updater.SetActive(cluster, [.. probingResults.Select(result => new NewActiveDestinationHealth(result.Destination, Judge(cluster, result)))]);

    private DestinationHealth Judge(ClusterState cluster, DestinationProbingResult result)
    {
        var before = result.Destination.Health.Active;
        var missed = failures.GetOrCreateValue(result.Destination);
        missed.Value = result.Response?.IsSuccessStatusCode == true ? 0 : missed.Value + 1;
        var healthy = missed.Value == 0 || (missed.Value < Enough && before == DestinationHealth.Healthy);
        var after = healthy ? DestinationHealth.Healthy : DestinationHealth.Unhealthy;
        if (after != before)
        {
            LogChanged(cluster.Service(), result.Destination.Model.Config.Address, healthy ? "ready" : $"not ready: {Reason(result)}");
        }

        return after;
    }

    private static string Reason(DestinationProbingResult result) =>
        result.Exception?.Message ?? $"it answers {(int?)result.Response?.StatusCode} to /health/ready";

    [LoggerMessage(LogLevel.Information, "{Service} at {Address} is {State}")]
    private partial void LogChanged(string service, string address, string state);
}
