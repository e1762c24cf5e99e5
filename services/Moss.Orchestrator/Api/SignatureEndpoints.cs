using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Consents;
using Moss.Domain.Consents;
using Moss.Domain.Evolution;
using Moss.Domain.Promotion;
using Moss.ServiceDefaults.Problems;

namespace Moss.Orchestrator.Api;

/// <summary>What approvers sign, and their signatures. Whoever promotes checks them once more, and believes nothing that is said here.</summary>
internal static class SignatureEndpoints
{
    private const int LongestText = 8 * 1024;

    public static void MapSignatures(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/evolutions/{id:guid}/consent").WithTags("Consent");
        group.MapGet("/claim", ShowAsync).WithSummary("The text that an approver signs").Produces<ClaimView>();
        group.MapPost("/signatures", SignAsync).WithSummary("Consent by a signature; enough of them start the promotion");
    }

    private static async Task<IResult> ShowAsync(Guid id, string? approver, Evolutions evolutions, CancellationToken cancellationToken)
    {
        var state = await evolutions.FindAsync(id, cancellationToken);
        if (NotAsked(id, state, evolutions.Now) is { } refusal)
        {
            return refusal;
        }

        var terms = state!.Start!.Consent!;
        if (terms.Find(approver ?? "") is null)
        {
            return Problem.Invalid(
                "approver", $"moss.yaml declares no approver '{approver}'", $"name one of {string.Join(", ", terms.Approvers.Select(known => known.Name))}");
        }

        var now = evolutions.Now;
        var claim = SignedOffers.ClaimOf(state, await evolutions.AskedAsync(state, cancellationToken), approver!, now, Guid.CreateVersion7(now));
        return TypedResults.Ok(new ClaimView(ConsentText.Write(claim), claim.Expires));
    }

    private static async Task<IResult> SignAsync(Guid id, SignatureRequest request, Evolutions evolutions, CancellationToken cancellationToken)
    {
        var state = await evolutions.FindAsync(id, cancellationToken);
        if (NotAsked(id, state, evolutions.Now) is { } refusal)
        {
            return refusal;
        }

        if (request is not { Text: { Length: > 0 and <= LongestText } text, Signature: { Length: > 0 and <= LongestText } signature })
        {
            return Problem.Invalid("text", "text or signature is missing or too long", "send the text of GET …/consent/claim and its signature");
        }

        var consent = new SignedConsent(text, signature);
        var subject = await evolutions.AskedAsync(state!, cancellationToken);
        if (ProblemOf(SignedOffers.Check(state!, subject, consent, evolutions.Now, PublicKey.Verifies)) is { } problem)
        {
            return Problem.Invalid([problem]);
        }

        var approver = ConsentText.ApproverOf(text);
        await evolutions.IntendAsync(id, new ConsentSignatureGiven(id, text, signature, approver, evolutions.Now), approver, cancellationToken);
        return TypedResults.Accepted($"/api/evolutions/{id}");
    }

    private static IResult? NotAsked(Guid id, EvolutionState? state, DateTimeOffset now) => state switch
    {
        null => EvolutionEndpoints.Missing(id),
        { Phase: not Phase.AwaitingConsent } => ConsentEndpoints.NotAsked(id, state),
        { ConsentAsked: var (asked, at) } when now > at + asked.Window => Problem.Invalid(
            "id", "the question has expired", "start a new evolution of the batch"),
        { Start.Consent: null } => Problem.Conflict(
            "id", $"the consent of evolution {id} needs no signature", "answer with POST …/consent, or declare approvers in moss.yaml: consent"),
        _ => null,
    };

    private static RequestProblem? ProblemOf(ConsentRuling ruling) => ruling switch
    {
        ConsentRuling.Granted => null,
        ConsentRuling.Mismatch wrong => new(wrong.Field, $"consent is asked for {wrong.Expected}, not for {wrong.Given}", "read the question again and sign that"),
        ConsentRuling.NotAllowed wrong => new("approver", $"consent by '{wrong.Approver}' does not count: {wrong.Why}", "let one of the other approvers sign"),
        ConsentRuling.Void wrong => new(wrong.Field, $"the consent's {wrong.Field} {wrong.Why}", "sign the text of GET …/consent/claim exactly as it is, with the key that is declared"),
        ConsentRuling.NotYetValid early => new("issued", $"the consent holds only from {early.From:u} on", "set the clock of the machine that made it"),
        ConsentRuling.Expired late => new("expires", $"the consent expired at {late.At:u}", "get a new text and sign that"),
        _ => throw new InvalidOperationException($"unknown ruling {ruling}"),
    };
}

/// <summary>What is signed: the text in UTF-8, all of it, to the last line feed.</summary>
internal sealed record ClaimView(string Text, DateTimeOffset ExpiresAt);

/// <summary>A text and its signature, 64 bytes of Ed25519 as base64.</summary>
internal sealed record SignatureRequest(string? Text, string? Signature);
