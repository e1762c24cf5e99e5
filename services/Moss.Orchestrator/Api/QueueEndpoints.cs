using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Moss.ServiceDefaults.Bus.Broker;
using Moss.ServiceDefaults.Problems;

namespace Moss.Orchestrator.Api;

/// <summary>Which dead messages are to be worked on again: some, or all.</summary>
internal sealed record RequeueRequest(IReadOnlyList<string>? Ids, bool All = false);

/// <summary>The queues between services, for people.</summary>
internal static class QueueEndpoints
{
    private const int Shown = 100;
    private const int MostShown = 1000;

    public static void MapQueues(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/queues").WithTags("Queues");
        group.MapGet("/", ListAsync).WithSummary("How full each queue is; nothing where the bus is in memory").Produces<IReadOnlyList<QueueCount>>();
        group.MapGet("/dead", DeadAsync).WithSummary("Messages that nobody could work on, the longest dead first").Produces<IReadOnlyList<DeadMessage>>();
        group.MapPost("/dead/requeue", RequeueAsync).WithSummary("Put dead messages back into the queues that they died in").Produces<RequeueResult>();
    }

    private static Task<IResult> ListAsync([FromServices] IQueueDesk desk, CancellationToken cancellationToken) =>
        AskAsync(async () => TypedResults.Ok(await desk.CountAsync(cancellationToken)));

    private static Task<IResult> DeadAsync([FromServices] IQueueDesk desk, int? limit, CancellationToken cancellationToken) => limit is < 1 or > MostShown
        ? Task.FromResult<IResult>(Problem.Invalid("limit", $"{limit} is no number of messages to show", $"send 1 to {MostShown}"))
        : AskAsync(async () => TypedResults.Ok(await desk.DeadAsync(limit ?? Shown, cancellationToken)));

    private static Task<IResult> RequeueAsync(RequeueRequest request, [FromServices] IQueueDesk desk, CancellationToken cancellationToken)
    {
        if (!desk.HasBroker)
        {
            return Task.FromResult<IResult>(Problem.Conflict(
                "bus", "the bus of this Moss is in memory and keeps no dead messages", "restart the evolution instead: moss evo restart ID"));
        }

        if (request.All == request.Ids is { Count: > 0 } || request.Ids?.Any(string.IsNullOrWhiteSpace) == true)
        {
            return Task.FromResult<IResult>(Problem.Invalid(
                "ids", "it must be said which messages", "send either all: true or ids with the ids that GET /api/queues/dead shows"));
        }

        return AskAsync(async () => TypedResults.Ok(await desk.RequeueAsync(request.All ? null : request.Ids!.ToHashSet(StringComparer.Ordinal), cancellationToken)));
    }

    private static async Task<IResult> AskAsync(Func<Task<IResult>> ask)
    {
        try
        {
            return await ask();
        }
        catch (BrokerAwayException away)
        {
            return Problem.Of(
                StatusCodes.Status503ServiceUnavailable, "The broker does not answer", "bus", away.Message, "see that RabbitMQ runs, and ask again");
        }
    }
}
