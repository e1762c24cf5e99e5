using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Containers.Engine.Networks;
using Moss.Containers.Engine.Transport;

namespace Moss.Containers.Engine;

/// <summary>Networks between containers.</summary>
public sealed class EngineNetworks
{
    private readonly EngineTransport transport;

    internal EngineNetworks(EngineTransport transport) => this.transport = transport;

    /// <summary>Makes one, and returns its id. A taken name is a <see cref="EngineFailure.Conflict"/>.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="cancellationToken">Ends the call; the network may exist.</param>
    public async Task<string> CreateAsync(NetworkSpec spec, CancellationToken cancellationToken) =>
        (await transport.ReadAsync<Created>(
            EngineCall.Post("networks", "create").WithJson(new { spec.Name, spec.Driver, spec.Internal, spec.Labels, CheckDuplicate = true }),
            cancellationToken)).Id;

    /// <summary>Joins a container to it.</summary>
    public Task ConnectAsync(string network, string container, CancellationToken cancellationToken) =>
        transport.DoAsync(EngineCall.Post("networks", network, "connect").WithJson(new { Container = container }), cancellationToken);

    /// <summary>The same with its aliases and addresses there, in the engine's own words.</summary>
    public Task ConnectAsync(string network, string container, JsonNode endpoint, CancellationToken cancellationToken) =>
        transport.DoAsync(EngineCall.Post("networks", network, "connect").WithJson(new { Container = container, EndpointConfig = endpoint }), cancellationToken);

    /// <summary>Networks that carry all of these labels.</summary>
    public Task<ImmutableArray<NetworkSummary>> ListAsync(IReadOnlyCollection<string> labels, CancellationToken cancellationToken) =>
        transport.ReadAsync<ImmutableArray<NetworkSummary>>(EngineCall.Get("networks").WithLabels(labels), cancellationToken);

    /// <summary>Removes it; nothing happens when it is not there.</summary>
    /// <exception cref="EngineException">Containers are joined to it.</exception>
    public async Task RemoveAsync(string network, CancellationToken cancellationToken)
    {
        try
        {
            await transport.DoAsync(EngineCall.Delete("networks", network), cancellationToken);
        }
        catch (EngineException gone) when (gone.Kind == EngineFailure.NotFound)
        {
            // That is what was wanted.
        }
    }

    private sealed record Created(string Id);
}
