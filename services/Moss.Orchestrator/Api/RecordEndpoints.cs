using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Artifacts;
using Moss.EventStore;
using Moss.ServiceDefaults.Problems;

namespace Moss.Orchestrator.Api;

/// <summary>What was kept: artifacts by hash, and the proof that history was not changed.</summary>
internal static partial class RecordEndpoints
{
    public static void MapRecords(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/artifacts/{hash}", ArtifactAsync).WithTags("Artifacts").WithSummary("An artifact by the SHA-256 of its content");
        routes.MapGet("/api/audit/verify", AuditAsync).WithTags("Audit").WithSummary("Recompute every hash chain").Produces<AuditReport>();
        routes.MapPost("/api/audit/verify", CompareAsync).WithTags("Audit")
            .WithSummary("Recompute every hash chain, and compare it with what was written down elsewhere").Produces<AuditReport>().ProducesProblem(400);
    }

    private static async Task<IResult> ArtifactAsync(string hash, IArtifactStore artifacts, CancellationToken cancellationToken)
    {
        if (!Hash().IsMatch(hash))
        {
            return Problem.Invalid("hash", $"'{hash}' is no artifact hash", "send 64 lower-case hex digits");
        }

        return await artifacts.FindAsync(hash, cancellationToken) is { } content
            ? TypedResults.Bytes(content, "text/plain; charset=utf-8")
            : Problem.Missing("hash", $"there is no artifact {hash}", "take the hash from an evolution or its timeline");
    }

    private static async Task<IResult> AuditAsync(IEventStore store, CancellationToken cancellationToken) =>
        TypedResults.Ok(await store.VerifyAsync(cancellationToken));

    private static async Task<IResult> CompareAsync(AnchorsRequest request, IEventStore store, CancellationToken cancellationToken) =>
        request.Check() is { Count: > 0 } problems
            ? Problem.Invalid(problems)
            : TypedResults.Ok(await store.VerifyAsync(request.ToAnchors(), cancellationToken));

    [GeneratedRegex("^[0-9a-f]{64}$")]
    private static partial Regex Hash();
}
