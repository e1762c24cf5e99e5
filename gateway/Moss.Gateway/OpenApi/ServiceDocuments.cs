using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Gateway.Proxy;
using Moss.Gateway.Settings;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Model;

namespace Moss.Gateway.OpenApi;

/// <summary>Asks the services for their descriptions, and keeps what each told last.</summary>
internal sealed class ServiceDocuments(IProxyStateLookup state, GatewayOptions options, TimeProvider clock) : IDisposable
{
    private const string Document = "openapi/v1.json";

    /// <summary>A service makes its description when it is asked for the first time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new() { Timeout = Patience };
    private readonly SemaphoreSlim turn = new(1);
    private IReadOnlyList<ServicePart> last = [];
    private DateTimeOffset? asked;

    /// <summary>Of all services that have a route.</summary>
    public async Task<IReadOnlyList<ServicePart>> ReadAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (asked is not { } at || clock.GetUtcNow() - at >= options.DocumentCache)
            {
                last = await Task.WhenAll(state.Services().Where(IsRouted).Select(cluster => AskAsync(cluster, cancellationToken)));
                asked = clock.GetUtcNow();
            }

            return last;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        turn.Dispose();
    }

    private bool IsRouted(ClusterState cluster) => state.GetRoutes().Any(route => route.Cluster?.Service() == cluster.Service());

    private async Task<ServicePart> AskAsync(ClusterState cluster, CancellationToken cancellationToken)
    {
        var service = cluster.Service();
        foreach (var destination in cluster.DestinationsState.AvailableDestinations)
        {
            if (await ReadAsync(destination, cancellationToken) is { } document)
            {
                return new(service, document, Current: true);
            }
        }

        return new(service, last.FirstOrDefault(part => part.Service == service)?.Document, Current: false);
    }

    /// <summary>Null when it tells nothing, or nothing that is a description.</summary>
    private async Task<JsonObject?> ReadAsync(DestinationState destination, CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri(new Uri(destination.Model.Config.Address), Document);
            return JsonNode.Parse(await http.GetStringAsync(address, cancellationToken)) as JsonObject;
        }
        catch (Exception away) when (away is HttpRequestException or JsonException || (away is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
