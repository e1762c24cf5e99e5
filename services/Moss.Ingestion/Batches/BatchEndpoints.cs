using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Domain.Evidence;
using Moss.EventStore;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Batches;

internal sealed record BatchView(
    Guid Id, string Substrate, bool Sealed, DateTimeOffset OpenedAt, IReadOnlyList<string> Scenarios, IReadOnlyList<EvidenceCluster> Clusters,
    IReadOnlyList<EvidenceAdded> Evidence, IReadOnlyList<Guid> Evolutions, IReadOnlyList<BatchReopened> Reopenings)
{
    public static BatchView Of(Batch batch) =>
        new(batch.Id, batch.Substrate, batch.Sealed, batch.OpenedAt, batch.Scenarios, batch.Clusters, batch.Evidence, batch.Evolutions, batch.Reopenings);
}

/// <summary>Reading batches, and sealing one by hand.</summary>
internal static class BatchEndpoints
{
    public static void MapBatches(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/batches").WithTags("Batches");
        group.MapGet("/", ListAsync).WithSummary("Batches, newest first").Produces<IReadOnlyList<BatchView>>();
        group.MapGet("/{id:guid}", ShowAsync).WithSummary("One batch with its evidence").Produces<BatchView>();
        group.MapPost("/{id:guid}/seal", SealAsync).WithSummary("Close a batch, so that it can be evolved").Produces<BatchView>();
    }

    private static async Task<IResult> ListAsync(BatchIndex index, BatchStreams streams, string? substrate, CancellationToken cancellationToken)
    {
        var views = new List<BatchView>();
        foreach (var id in (await index.CaughtUpAsync(cancellationToken)).Of(substrate))
        {
            views.Add(BatchView.Of((await streams.LoadAsync(id, cancellationToken)).Batch));
        }

        return TypedResults.Ok(views);
    }

    private static async Task<IResult> ShowAsync(Guid id, BatchStreams streams, CancellationToken cancellationToken) =>
        await streams.LoadAsync(id, cancellationToken) is { Exists: true } loaded ? TypedResults.Ok(BatchView.Of(loaded.Batch)) : Missing("id", id);

    private static async Task<IResult> SealAsync(Guid id, BatchStreams streams, CancellationToken cancellationToken)
    {
        while (await streams.LoadAsync(id, cancellationToken) is { Exists: true } loaded)
        {
            if (loaded.Batch.Sealed)
            {
                return TypedResults.Ok(BatchView.Of(loaded.Batch));
            }

            try
            {
                await streams.AppendAsync(id, loaded, "api", [new BatchSealed("asked for")], cancellationToken);
            }
            catch (WrongExpectedVersionException)
            {
                // Evidence came at the same time: it is part of what is sealed now.
            }
        }

        return Missing("id", id);
    }

    internal static IResult Missing(string field, Guid id) => Problem.Missing(field, $"there is no batch {id}", "GET /api/batches lists them");
}
