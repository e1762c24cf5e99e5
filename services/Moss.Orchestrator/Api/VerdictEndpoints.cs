using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Domain.Audit;
using Moss.EventStore;
using Moss.Orchestrator.Machine;

namespace Moss.Orchestrator.Api;

/// <summary>Why a verdict is what it is, and the proof that it follows from what is stored. Both name held-out scenarios: they are for people.</summary>
internal static class VerdictEndpoints
{
    public static void MapVerdicts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/evolutions/{id:guid}/verdict", ExplainAsync).WithTags("Evolutions")
            .WithSummary("The newest verdict with everything that it rests on, for people: it names held-out scenarios").Produces<VerdictView>();
        routes.MapGet("/api/evolutions/{id:guid}/matrix", MatrixAsync).WithTags("Evolutions")
            .WithSummary("Keypoints of the batch by iteration, with the best so far").Produces<MatrixView>();
        routes.MapGet("/api/audit/rederive/{id:guid}", RederiveAsync).WithTags("Audit")
            .WithSummary("Make every decision of an evolution anew from its stored events, and compare").Produces<RederivationView>();
    }

    private static async Task<IResult> ExplainAsync(Guid id, Evolutions evolutions, CancellationToken cancellationToken) =>
        await evolutions.FindAsync(id, cancellationToken) is { Start: not null } state ? TypedResults.Ok(VerdictView.Of(state)) : EvolutionEndpoints.Missing(id);

    private static async Task<IResult> MatrixAsync(Guid id, Evolutions evolutions, CancellationToken cancellationToken) =>
        await evolutions.FindAsync(id, cancellationToken) is { Start: not null } state ? TypedResults.Ok(MatrixView.Of(state)) : EvolutionEndpoints.Missing(id);

    private static async Task<IResult> RederiveAsync(Guid id, IEventStore store, CancellationToken cancellationToken)
    {
        var events = new List<(long, object, DateTimeOffset)>();
        await foreach (var stored in store.ReadStreamAsync(EvolutionSaga.StreamOf(id), 0, cancellationToken))
        {
            events.Add((stored.Version, stored.Data, stored.Metadata.Time));
        }

        return events.Count == 0 ? EvolutionEndpoints.Missing(id) : TypedResults.Ok(RederivationView.Of(id, Rederive.Of(events)));
    }
}

/// <summary>All decisions of an evolution, made anew.</summary>
internal sealed record RederivationView(Guid Evolution, bool Ok, int Decisions, int Unknown, IReadOnlyList<DecisionView> Rows)
{
    public static RederivationView Of(Guid evolution, Rederivation derived) => new(
        evolution, derived.Ok, derived.Decisions.Length, derived.Unknown,
        [
            .. derived.Decisions.Select(decision => new DecisionView(
                decision.Version, decision.Decision, decision.Iteration, decision.Result.ToString(), decision.Policy,
                [.. decision.Deviations.Select(deviation => new DeviationView(deviation.Field, deviation.Stored, deviation.Derived))])),
        ]);
}

/// <summary>One decision. <paramref name="Result"/> is Same, Differs or UnknownPolicy.</summary>
internal sealed record DecisionView(
    long Version, string Decision, int Iteration, string Result, int? Policy, IReadOnlyList<DeviationView> Differences);

internal sealed record DeviationView(string Field, string Stored, string Derived);
