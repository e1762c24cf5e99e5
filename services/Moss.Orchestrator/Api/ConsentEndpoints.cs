using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Domain.Consents;
using Moss.Domain.Evolution;
using Moss.ServiceDefaults.Problems;

namespace Moss.Orchestrator.Api;

/// <summary>The question put to a person, and the answer.</summary>
internal static class ConsentEndpoints
{
    public static void MapConsent(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/evolutions/{id:guid}/consent").WithTags("Consent");
        group.MapGet("/", ShowAsync).WithSummary("What consent is asked for, exactly").Produces<ConsentView>();
        group.MapPost("/", AnswerAsync).WithSummary("Allow or refuse exactly that");
    }

    private static async Task<IResult> ShowAsync(Guid id, Evolutions evolutions, CancellationToken cancellationToken) =>
        await evolutions.FindAsync(id, cancellationToken) switch
        {
            null => EvolutionEndpoints.Missing(id),
            { Phase: Phase.AwaitingConsent } state => TypedResults.Ok(ConsentView.Of(state, evolutions.Now)),
            { } state => NotAsked(id, state),
        };

    private static async Task<IResult> AnswerAsync(Guid id, ConsentRequest request, Evolutions evolutions, CancellationToken cancellationToken)
    {
        if (await evolutions.FindAsync(id, cancellationToken) is not { } state)
        {
            return EvolutionEndpoints.Missing(id);
        }

        if (state.Phase != Phase.AwaitingConsent)
        {
            return NotAsked(id, state);
        }

        if (request.Check(state, evolutions.Now) is { Count: > 0 } problems)
        {
            return Problem.Invalid(problems);
        }

        if (request.Granted && state.Start!.Consent is { } terms)
        {
            return Problem.Conflict(
                "decision", $"moss.yaml asks for signed consent: {terms.Quorum} of {string.Join(", ", terms.Approvers.Select(approver => approver.Name))}",
                $"sign: moss evo sign {id} --key FILE --as NAME");
        }

        var (asked, at) = state.ConsentAsked!.Value;
        var answer = new ConsentAnswered(
            id, request.Granted, asked.Commit, asked.Tree, request.Approver!, request.Reason ?? "", evolutions.Now, at + asked.Window, asked.Image);
        await evolutions.IntendAsync(id, answer, request.Approver!, cancellationToken);
        return TypedResults.Accepted($"/api/evolutions/{id}");
    }

    internal static IResult NotAsked(Guid id, EvolutionState state) => Problem.Conflict(
        "id", $"evolution {id} is {state.Phase} and asks for no consent", "wait until its phase is AwaitingConsent");
}

/// <summary>The question.</summary>
internal sealed record ConsentView(
    Guid Evolution, string Substrate, string Commit, string Tree, string DiffArtifact, string Summary, int FilesChanged, int Insertions,
    int Deletions, RulingView? Ruling, DateTimeOffset ExpiresAt, string? Image, SigningView? Signing)
{
    public static ConsentView Of(EvolutionState state, DateTimeOffset now)
    {
        var (asked, at) = state.ConsentAsked!.Value;
        var change = state.Change!;
        return new(
            state.Start!.Evolution, state.Start.Substrate, asked.Commit, asked.Tree, asked.DiffArtifact, change.Summary, change.FilesChanged,
            change.Insertions, change.Deletions, RulingView.Of(state.Ruling), at + asked.Window, asked.Image,
            SigningView.Of(state, now));
    }
}

/// <summary>Who has to sign, and whose signatures count so far.</summary>
internal sealed record SigningView(IReadOnlyList<string> Approvers, int Quorum, bool RequesterMayApprove, IReadOnlyList<string> SignedBy)
{
    /// <summary>Null where nothing has to be signed.</summary>
    public static SigningView? Of(EvolutionState state, DateTimeOffset now) => state.Start!.Consent is { } terms
        ? new(
            [.. terms.Approvers.Select(approver => approver.Name)], terms.Quorum, terms.RequesterMayApprove,
            SignedOffers.Quorum(state, now) is QuorumRuling.Missing missing ? missing.Approvers : [])
        : null;
}

/// <summary>The answer; it names what it is about, so that it cannot be given to something else. The image may be left out: the tree decides what is in it.</summary>
internal sealed record ConsentRequest(string? Decision, string? Commit, string? Tree, string? Approver, string? Reason, string? Image = null)
{
    public bool Granted => Decision == "approve";

    public IReadOnlyList<RequestProblem> Check(EvolutionState state, DateTimeOffset now)
    {
        var (asked, at) = state.ConsentAsked!.Value;
        return
        [
            .. When(Decision is not ("approve" or "refuse"), "decision", $"'{Decision}' is no decision", "send approve or refuse"),
            .. When(string.IsNullOrWhiteSpace(Approver), "approver", "nobody is named", "send the name of the person who decides"),
            .. When(Commit != asked.Commit, "commit", $"consent is asked for {asked.Commit}, not for {Commit}", "read the question again and decide on that commit"),
            .. When(Tree != asked.Tree, "tree", $"consent is asked for tree {asked.Tree}, not for {Tree}", "read the question again and decide on that tree"),
            .. When(Image is not null && Image != asked.Image, "image", $"consent is asked for image {asked.Image ?? "none"}, not for {Image}", "read the question again and decide on that image"),
            .. When(now > at + asked.Window, "id", "the question has expired", "start a new evolution of the batch"),
        ];
    }

    private static IEnumerable<RequestProblem> When(bool wrong, string field, string detail, string fix) =>
        wrong ? [new(field, detail, fix)] : [];
}
