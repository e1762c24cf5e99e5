using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Ingestion.Evidence;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Substrates;

/// <summary>Making substrates known, and looking at them without making them known.</summary>
internal static class SubstrateEndpoints
{
    public static void MapSubstrates(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/substrates").WithTags("Substrates");
        group.MapGet("/", ListAsync).WithSummary("Registered substrates").Produces<IReadOnlyList<SubstrateView>>();
        group.MapGet("/{name}", ShowAsync).WithSummary("One substrate at the tip of its repository").Produces<SubstrateView>();
        group.MapGet("/{name}/set-aside", SetAsideAsync).WithSummary("Reports that are no failure of the substrate itself").Produces<IReadOnlyList<SetAsideView>>();
        group.MapGet("/{name}/corpus", CorpusAsync).WithSummary("The scenarios that guard it, for people: held-out ones are named").Produces<CorpusView>();
        group.MapPost("/", AddAsync).WithSummary("Register a repository as a substrate").Produces<SubstrateView>(StatusCodes.Status201Created);
        group.MapPost("/check", CheckAsync).WithSummary("Say everything that is wrong with a repository, and change nothing").Produces<SubstrateCheckView>();
    }

    internal static IResult Unknown(string field, string? name) => Problem.Missing(
        field, $"no substrate '{name}' is registered", "register it with POST /api/substrates or `moss substrate add`");

    private static async Task<IResult> ListAsync(SubstrateRegistry registry, CancellationToken cancellationToken) =>
        TypedResults.Ok((await registry.ListAsync(cancellationToken)).Select(SubstrateView.Of).ToList());

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
        var entry = await registry.RegisterAsync(name, inspected.Repository, inspected.Commit!.Value.Value, clock.GetUtcNow(), cancellationToken);
        return entry.Repository == inspected.Repository
            ? TypedResults.Created($"/api/substrates/{name}", SubstrateView.Of(entry, inspected))
            : Problem.Conflict(
                "name", $"'{name}' is already registered from {SubstrateView.Shown(entry.Repository)}", "change 'name' in moss.yaml; a name is taken for ever");
    }

    private static async Task<IResult> CheckAsync(SubstrateRequest request, SubstrateInspection inspection, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Repository))
        {
            return MissingRepository();
        }

        var inspected = await inspection.InspectAsync(request.Repository, request.Reference, request.AllowDirty, cancellationToken);
        return TypedResults.Ok(new SubstrateCheckView(
            inspected.Problems.Count == 0, inspected.Declaration?.Name, inspected.Commit?.Value, inspected.Scenarios.Length, [.. inspected.Notes, .. inspected.Advice],
            inspected.Problems));
    }

    private static async Task<IResult> ShowAsync(
        string name, SubstrateRegistry registry, SubstrateInspection inspection, CancellationToken cancellationToken) =>
        await registry.FindAsync(name, cancellationToken) is { } entry
            ? TypedResults.Ok(SubstrateView.Of(entry, await inspection.InspectAsync(entry.Repository, null, allowDirty: true, cancellationToken)))
            : Unknown("name", name);

    private static async Task<IResult> SetAsideAsync(
        string name, SubstrateRegistry registry, SetAsideStreams streams, CancellationToken cancellationToken) =>
        await registry.FindAsync(name, cancellationToken) is null
            ? Unknown("name", name)
            : TypedResults.Ok((await streams.LoadAsync(name, cancellationToken)).Select(aside => new SetAsideView(aside.Reason, aside.Report)).ToList());

    private static async Task<IResult> CorpusAsync(string name, SubstrateRegistry registry, CorpusStreams corpora, CancellationToken cancellationToken) =>
        await registry.FindAsync(name, cancellationToken) is null
            ? Unknown("name", name)
            : TypedResults.Ok(CorpusView.Of(name, await corpora.LoadAsync(name, cancellationToken)));

    private static IResult MissingRepository() =>
        Problem.Invalid("repository", "no repository is given", "send the path or URL of a git repository");
}
