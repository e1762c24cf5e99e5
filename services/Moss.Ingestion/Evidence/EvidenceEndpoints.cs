using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Moss.Ingestion.Batches;
using Moss.Ingestion.Substrates;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Evidence;

/// <summary>Where failures are reported.</summary>
internal static class EvidenceEndpoints
{
    public static void MapEvidence(this IEndpointRouteBuilder routes) => routes.MapPost("/api/evidence", ReportAsync)
        .WithTags("Evidence")
        .WithSummary("Report failures, one or many; all are stored or none. The same Idempotency-Key again changes nothing")
        .Produces<EvidenceReceipt>(StatusCodes.Status202Accepted);

    private static async Task<IResult> ReportAsync(
        EvidenceReport report, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, SubstrateRegistry registry,
        KnownScenarios scenarios, BatchIntake intake, IngestionOptions options, CancellationToken cancellationToken)
    {
        if (EvidenceCheck.Shape(report, options).ToList() is { Count: > 0 } malformed)
        {
            return Problem.Invalid(malformed);
        }

        foreach (var name in report.Items.Select(item => item.Substrate!).Distinct())
        {
            if (await registry.FindAsync(name, cancellationToken) is not { } entry)
            {
                return SubstrateEndpoints.Unknown("items[].substrate", name);
            }

            if (await scenarios.MissingAsync(entry, report.Items, cancellationToken) is { Count: > 0 } missing)
            {
                return Problem.Invalid(missing);
            }
        }

        return TypedResults.Accepted((string?)null, await intake.TakeAsync(report.Items, idempotencyKey, cancellationToken));
    }
}
