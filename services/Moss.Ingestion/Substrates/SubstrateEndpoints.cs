using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Substrates;

internal sealed record SubstrateRequest(string? Repository, string? Reference, bool AllowDirty = false);

internal sealed record SubstrateView(string Name, string Repository, string? Commit, IReadOnlyList<string>? Scenarios);

internal sealed record SubstrateCheckView(bool Ok, string? Name, string? Commit, int Scenarios, IReadOnlyList<RequestProblem> Problems);

/// <summary>Making substrates known, and looking at them without making them known.</summary>
internal static class SubstrateEndpoints
{
    public static void MapSubstrates(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/substrates").WithTags("Substrates");
        group.MapGet("/", ListAsync).WithSummary("Registered substrates").Produces<IReadOnlyList<SubstrateView>>();
        group.MapGet("/{name}", ShowAsync).WithSummary("One substrate at the tip of its repository").Produces<SubstrateView>();
        group.MapPost("/", AddAsync).WithSummary("Register a repository as a substrate").Produces<SubstrateView>(StatusCodes.Status201Created);
        group.MapPost("/check", CheckAsync).WithSummary("Say everything that is wrong with a repository, and change nothing").Produces<SubstrateCheckView>();
    }

    private static async Task<IResult> ListAsync(SubstrateRegistry registry, CancellationToken cancellationToken) => TypedResults.Ok(
        (await registry.ListAsync(cancellationToken)).Select(entry => new SubstrateView(entry.Name, entry.Repository, null, null)).ToList());

    private static async Task<IResult> AddAsync(
        SubstrateRequest request, SubstrateInspection inspection, SubstrateRegistry registry, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Repository))
        {
            return MissingRepository();
        }

        var inspected = await inspection.InspectAsync(request.Repository, request.Reference, request.AllowDirty, cancellationToken);
        if (inspected.Problems.Count > 0)
        {
            return Problem.Invalid(inspected.Problems);
        }

        var name = inspected.Declaration!.Name;
        if (await registry.FindAsync(name, cancellationToken) is { } taken && taken.Repository != request.Repository)
        {
            return Problem.Conflict(
                "name", $"'{name}' is already registered from {taken.Repository}", "change 'name' in moss.yaml; a name is taken for ever");
        }

        await registry.RegisterAsync(name, request.Repository, inspected.Commit!.Value.Value, clock.GetUtcNow(), cancellationToken);
        return TypedResults.Created(
            $"/api/substrates/{name}", new SubstrateView(name, request.Repository, inspected.Commit.Value.Value, inspected.Scenarios));
    }

    private static async Task<IResult> CheckAsync(SubstrateRequest request, SubstrateInspection inspection, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Repository))
        {
            return MissingRepository();
        }

        var inspected = await inspection.InspectAsync(request.Repository, request.Reference, request.AllowDirty, cancellationToken);
        return TypedResults.Ok(new SubstrateCheckView(
            inspected.Problems.Count == 0, inspected.Declaration?.Name, inspected.Commit?.Value, inspected.Scenarios.Length, inspected.Problems));
    }

    private static async Task<IResult> ShowAsync(
        string name, SubstrateRegistry registry, SubstrateInspection inspection, CancellationToken cancellationToken)
    {
        if (!SubstrateName.IsValid(name) || await registry.FindAsync(name, cancellationToken) is not { } entry)
        {
            return Unknown("name", name);
        }

        var inspected = await inspection.InspectAsync(entry.Repository, null, allowDirty: true, cancellationToken);
        return TypedResults.Ok(new SubstrateView(entry.Name, entry.Repository, inspected.Commit?.Value, inspected.Scenarios));
    }

    internal static IResult Unknown(string field, string name) => Problem.Missing(
        field, $"no substrate '{name}' is registered", "register it with POST /api/substrates or `moss substrate add`");

    private static IResult MissingRepository() =>
        Problem.Invalid("repository", "no repository is given", "send the path or URL of a git repository");
}
