using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Domain.Evolution;
using Moss.ServiceDefaults.Problems;

namespace Moss.Orchestrator.Api;

/// <summary>Reading, stopping and restarting evolutions.</summary>
internal static class EvolutionEndpoints
{
    public static void MapEvolutions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/evolutions").WithTags("Evolutions");
        group.MapGet("/", ListAsync).WithSummary("Evolutions, newest first").Produces<IReadOnlyList<EvolutionView>>();
        group.MapGet("/{id:guid}", ShowAsync).WithSummary("One evolution with its trials and rulings").Produces<EvolutionView>();
        group.MapGet("/{id:guid}/timeline", Timeline.ReadAsync).WithSummary("What happened, event by event").Produces<IReadOnlyList<TimelineEntry>>();
        group.MapGet("/{id:guid}/stream", Timeline.StreamAsync).WithSummary("What happens, as server-sent events, from a version on");
        group.MapPost("/{id:guid}/stop", StopAsync).WithSummary("Ask an evolution to end");
        group.MapPost("/{id:guid}/restart", RestartAsync).WithSummary("Let a stopped or failed evolution go on from what is stored");
    }

    private static async Task<IResult> ListAsync(Evolutions evolutions, string? substrate, Guid? batch, CancellationToken cancellationToken) =>
        TypedResults.Ok((await evolutions.ListAsync(substrate, batch, cancellationToken)).Select(EvolutionView.Of).ToList());

    private static async Task<IResult> ShowAsync(Guid id, Evolutions evolutions, CancellationToken cancellationToken) =>
        await evolutions.FindAsync(id, cancellationToken) is { } state ? TypedResults.Ok(EvolutionView.Of(state)) : Missing(id);

    private static async Task<IResult> StopAsync(Guid id, OperatorRequest request, Evolutions evolutions, CancellationToken cancellationToken)
    {
        if (await evolutions.FindAsync(id, cancellationToken) is not { } state)
        {
            return Missing(id);
        }

        if (state.Phase.IsTerminal() || state.Phase == Phase.Promoting)
        {
            return Problem.Conflict(
                "id", $"evolution {id} is {state.Phase} and cannot be stopped", "a promotion ends by itself; an ended evolution needs nothing");
        }

        await evolutions.IntendAsync(id, new StopAsked(id, request.Name), request.Name, cancellationToken);
        return TypedResults.Accepted($"/api/evolutions/{id}");
    }

    private static async Task<IResult> RestartAsync(Guid id, OperatorRequest request, Evolutions evolutions, CancellationToken cancellationToken)
    {
        if (await evolutions.FindAsync(id, cancellationToken) is not { } state)
        {
            return Missing(id);
        }

        if (!state.Phase.CanRestart())
        {
            return Problem.Conflict(
                "id", $"evolution {id} is {state.Phase}; only a stopped or failed one can be restarted", "start a new evolution of its batch");
        }

        await evolutions.IntendAsync(id, new RestartAsked(id, request.Name), request.Name, cancellationToken);
        return TypedResults.Accepted($"/api/evolutions/{id}");
    }

    internal static IResult Missing(Guid id) =>
        Problem.Missing("id", $"there is no evolution {id}", "GET /api/evolutions lists them");
}

/// <summary>Who asks.</summary>
internal sealed record OperatorRequest(string? By)
{
    public string Name => string.IsNullOrWhiteSpace(By) ? "anonymous" : By;
}
