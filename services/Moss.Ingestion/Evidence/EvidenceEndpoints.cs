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
        .WithSummary("Report failures, one or many. The same report again, whole or cut short, changes nothing that is stored; an Idempotency-Key belongs to one report")
        .Accepts<EvidenceReport>("application/json")
        .Produces<EvidenceReceipt>(StatusCodes.Status202Accepted);

    private static async Task<IResult> ReportAsync(
        HttpRequest request, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, SubstrateRegistry registry,
        KnownScenarios scenarios, BatchIntake intake, IngestionOptions options, CancellationToken cancellationToken)
    {
        if (await ReportBody.ReadAsync(request.Body, request.ContentLength, options.MaximumReport, cancellationToken) is not { } body)
        {
            return Problem.TooLarge(
                "body", $"the report is larger than {options.MaximumReport} bytes",
                $"send fewer items at once, and of a transcript at most {options.MaximumTranscript} characters around the failure");
        }

        var problems = new List<RequestProblem>();
        var report = ReportReader.Read(body, problems);
        problems.AddRange(report is null ? [] : EvidenceCheck.Shape(report, options));
        problems.AddRange(EvidenceCheck.Key(idempotencyKey) is { } wrong ? [wrong] : []);
        if (report is null || problems.Count > 0)
        {
            return Problem.Invalid([.. problems.DistinctBy(problem => problem.Field)]);
        }

        foreach (var (position, first) in report.Items.Index().DistinctBy(item => item.Item.Substrate))
        {
            if (await registry.FindAsync(first.Substrate!, cancellationToken) is not { } entry)
            {
                return SubstrateEndpoints.Unknown($"items[{position}].substrate", first.Substrate);
            }

            if (await scenarios.MissingAsync(entry, report.Items, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        return await intake.TakeAsync(report.Items, idempotencyKey, cancellationToken) switch
        {
            Intake.Taken taken => TypedResults.Accepted((string?)null, taken.Receipt),
            Intake.KeyTaken key => Problem.Conflict(
                "Idempotency-Key", $"the key '{ItemReader.Cut(idempotencyKey ?? "")}' belongs to another report: there, items[{key.Position}] is a different one",
                "send a new key with each new report, and the same key only with the very same report"),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }
}
