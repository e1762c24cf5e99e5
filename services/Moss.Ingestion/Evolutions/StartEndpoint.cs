using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Domain.Consents;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.Ingestion.Batches;
using Moss.Ingestion.Substrates;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Evolutions;

internal sealed record StartRequest(Guid? Batch, string? Depth, string? By);

internal sealed record StartedView(Guid Evolution, Guid Batch, string Substrate, string BaseCommit, string Depth, IReadOnlyList<string> Scenarios);

/// <summary>
/// Asks for an evolution of a batch. The request is an event of the batch, at the version that it was read at: of two that
/// start one batch at once, one is refused.
/// </summary>
internal static class StartEndpoint
{
    private const int LongestName = 200;

    public static void MapStart(this IEndpointRouteBuilder routes) => routes.MapPost("/api/evolutions", StartAsync)
        .WithTags("Evolutions")
        .WithSummary("Evolve a batch; an open batch is sealed by it")
        .Produces<StartedView>(StatusCodes.Status202Accepted);

    private static async Task<IResult> StartAsync(
        StartRequest request, BatchStreams batches, SubstrateRegistry registry, BaseCommits commits, RunningEvolutions running,
        CorpusStreams corpora, DayReservations money, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (Depths.Parse(request.Depth) is not { } depth)
        {
            return Problem.Invalid("depth", $"'{request.Depth}' is no depth", "send light (or shallow), standard or deep");
        }

        if (request.Batch is not { } id)
        {
            return Problem.Invalid("batch", "no batch is named", "send the id of a batch; GET /api/batches lists them");
        }

        if (request.By?.Length > LongestName)
        {
            return Problem.Invalid("by", $"the name has {request.By.Length} characters, more than {LongestName}", "send the name of who asks");
        }

        if (await batches.LoadAsync(id, cancellationToken) is not { Exists: true } loaded)
        {
            return BatchEndpoints.Missing("batch", id);
        }

        if (loaded.Batch.Evidence.IsEmpty)
        {
            return Problem.Conflict("batch", $"batch {id} has no evidence", "report failures with POST /api/evidence first");
        }

        if (await running.FindAsync(loaded.Batch, cancellationToken) is { } busy)
        {
            return Busy(id, busy);
        }

        if (await registry.FindAsync(loaded.Batch.Substrate, cancellationToken) is not { } entry)
        {
            return SubstrateEndpoints.Unknown("batch", loaded.Batch.Substrate);
        }

        var start = await commits.FindAsync(entry, cancellationToken);
        if (start.Problems.Count > 0)
        {
            return Problem.Invalid(start.Problems);
        }

        if (loaded.Batch.Scenarios.Except(start.Scenarios).ToList() is { Count: > 0 } gone)
        {
            return Problem.Conflict(
                "batch", $"commit {start.Commit} has no scenario {string.Join(", ", gone)}, which evidence of batch {id} names",
                $"commit the scenarios on {start.Declaration!.StableBranch} again");
        }

        var evolution = Guid.CreateVersion7(clock.GetUtcNow());
        var budget = start.Declaration!.Budget;
        var dollars = await money.ReserveAsync(entry.Name, budget, evolution, cancellationToken);
        if (dollars is <= 0 && budget is { Dollars: not 0, DollarsPerDay: { } ceiling })
        {
            return Spent(entry.Name, ceiling);
        }

        var by = string.IsNullOrWhiteSpace(request.By) ? "anonymous" : request.By;
        var wanted = Of(evolution, loaded, depth, start, by) with
        {
            Dollars = dollars,
            Quarantined = [.. (await corpora.LoadAsync(entry.Name, cancellationToken)).Quarantined],
        };
        try
        {
            await batches.AppendAsync(id, loaded, wanted.RequestedBy, [wanted], cancellationToken);
        }
        catch (WrongExpectedVersionException)
        {
            await money.ReleaseAsync(entry.Name, evolution, cancellationToken);
            return Busy(id, null);
        }

        return TypedResults.Accepted(
            $"/api/evolutions/{wanted.Evolution}",
            new StartedView(wanted.Evolution, id, wanted.Substrate, wanted.BaseCommit, depth.ToString(), wanted.Scenarios));
    }

    private static EvolutionRequested Of(Guid evolution, LoadedBatch loaded, Depth depth, Inspected start, string by)
    {
        var declaration = start.Declaration!;
        var verdict = declaration.Verdict;
        return new(
            evolution, loaded.Batch.Id, loaded.Batch.Substrate, start.Commit!.Value.Value, loaded.Batch.Scenarios, depth,
            declaration.Budget.Dollars, declaration.Budget.WallClock, new(verdict.Alpha, verdict.RegressionMargin, verdict.Generalisation, verdict.LeastFailures), by)
        {
            DollarsPerStage = declaration.Budget.DollarsPerStage,
            Consent = declaration.Consent is { } consent
                ? new([.. consent.Approvers.Select(approver => new ConsentApprover(approver.Name, approver.Key))], consent.Quorum, consent.RequesterMayApprove, consent.Validity)
                : null,
        };
    }

    private static IResult Spent(string substrate, decimal ceiling) => Problem.Conflict(
        "batch", string.Create(CultureInfo.InvariantCulture, $"the {ceiling:0.00} dollars that evolutions of {substrate} may cost today are spent or set aside for those that run"),
        "wait for one of them to end, or for tomorrow (UTC), or raise budget.dollarsPerDay in moss.yaml");

    private static IResult Busy(Guid batch, Guid? evolution) => Problem.Conflict(
        "batch", $"batch {batch} is being evolved{(evolution is null ? "" : $" by evolution {evolution}")}",
        "wait for its end, or stop it with POST /api/evolutions/{id}/stop");
}
