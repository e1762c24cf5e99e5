using System.Collections.Immutable;
using Moss.Domain.Promotion;

namespace Moss.Domain.Consents;

/// <summary>What signed consents are held against.</summary>
/// <param name="Terms">Who may consent, and how many it takes.</param>
/// <param name="Subject">What would happen, as far as whoever asks knows it by itself.</param>
/// <param name="Requester">Who asked for the evolution; null when that is not known.</param>
public sealed record ConsentCase(ConsentTerms Terms, ConsentSubject Subject, string? Requester)
{
    /// <summary>Hashes of consents that were used before; see <see cref="ConsentText.HashOf"/>.</summary>
    public ImmutableArray<string> Used { get; init; } = [];
}

/// <summary>Whether signed consents together allow what is about to happen.</summary>
public abstract record QuorumRuling
{
    private QuorumRuling() { }

    /// <summary>They do.</summary>
    /// <param name="Approvers">Whose consents count, sorted.</param>
    /// <param name="ExpiresAt">When the first of them expires.</param>
    /// <param name="Consents">Their hashes, to be recorded as used.</param>
    public sealed record Reached(ImmutableArray<string> Approvers, DateTimeOffset ExpiresAt, ImmutableArray<string> Consents) : QuorumRuling;

    /// <summary>Too few of them count.</summary>
    /// <param name="Approvers">Whose do, sorted.</param>
    /// <param name="Needed">How many it takes.</param>
    /// <param name="First">Why the first one that does not count does not; null when all do.</param>
    public sealed record Missing(ImmutableArray<string> Approvers, int Needed, ConsentRuling? First) : QuorumRuling;
}

/// <summary>
/// Rules on signed consents. One that does not count takes nothing from the others, and an approver counts once however often
/// they sign.
/// </summary>
public static class QuorumPolicy
{
    /// <summary>Rules on all of them.</summary>
    /// <param name="consents">What was signed, in any order.</param>
    /// <param name="about">What they are held against.</param>
    /// <param name="now">The present.</param>
    /// <param name="verifies">Checks a signature.</param>
    public static QuorumRuling Check(IEnumerable<SignedConsent> consents, ConsentCase about, DateTimeOffset now, SignatureCheck verifies)
    {
        var ruled = consents.Select(consent => (consent, Ruling: Check(consent, about, now, verifies))).ToList();
        var counted = ruled.Where(one => one.Ruling is ConsentRuling.Granted)
            .Select(one => (one.consent, Claim: Claimed(one.consent)!))
            .GroupBy(one => one.Claim.Approver, StringComparer.Ordinal)
            .Select(own => own.MaxBy(one => one.Claim.Expires))
            .OrderBy(one => one.Claim.Approver, StringComparer.Ordinal)
            .ToList();
        ImmutableArray<string> approvers = [.. counted.Select(one => one.Claim.Approver)];
        return counted.Count > 0 && counted.Count >= about.Terms.Quorum
            ? new QuorumRuling.Reached(
                approvers, counted.Min(one => one.Claim.Expires), [.. counted.Select(one => ConsentText.HashOf(one.consent.Text))])
            : new QuorumRuling.Missing(
                approvers, about.Terms.Quorum, ruled.Select(one => one.Ruling).FirstOrDefault(ruling => ruling is not ConsentRuling.Granted));
    }

    /// <summary>Rules on one. Who signed is looked at before what, and what before when: a consent for something else is never merely late.</summary>
    public static ConsentRuling Check(SignedConsent consent, ConsentCase about, DateTimeOffset now, SignatureCheck verifies)
    {
        if (ConsentText.Read(consent.Text) is not ConsentReading.Claimed { Claim: var claim })
        {
            var broken = (ConsentReading.Malformed)ConsentText.Read(consent.Text);
            return new ConsentRuling.Void(broken.Field, broken.Problem);
        }

        return CheckSigner(consent, claim, about, verifies)
            ?? CheckSubject(claim.Subject, about.Subject)
            ?? (about.Used.Contains(ConsentText.HashOf(consent.Text)) ? new ConsentRuling.Void("nonce", $"{claim.Nonce} was used before") : null)
            ?? CheckTime(claim, about.Terms, now);
    }

    private static ConsentRuling? CheckSigner(SignedConsent consent, ConsentClaim claim, ConsentCase about, SignatureCheck verifies) =>
        about.Terms.Find(claim.Approver) switch
        {
            null => new ConsentRuling.NotAllowed(claim.Approver, "the substrate declares no approver of that name"),
            { } approver when !verifies(approver.Key, consent.Text, consent.Signature) =>
                new ConsentRuling.Void("signature", $"was not made of this text with the key that is declared for {approver.Name}"),
            _ when about.Terms.RequesterMayApprove => null,
            _ when about.Requester is null =>
                new ConsentRuling.NotAllowed(claim.Approver, "it is not known who asked for the evolution, and that person may not approve it"),
            _ when string.Equals(claim.Approver, about.Requester, StringComparison.OrdinalIgnoreCase) =>
                new ConsentRuling.NotAllowed(claim.Approver, "whoever asked for the evolution may not approve it here"),
            _ => null,
        };

    private static ConsentRuling.Mismatch? CheckSubject(ConsentSubject given, ConsentSubject expected) =>
        Differs("substrate", given.Substrate, expected.Substrate)
        ?? Differs("evolution", given.Evolution.ToString("n"), expected.Evolution.ToString("n"))
        ?? Differs("commit", given.Commit, expected.Commit)
        ?? Differs("tree", given.Tree, expected.Tree)
        ?? Differs("diff", given.Diff, expected.Diff)
        ?? Differs("image", given.Image, expected.Image)
        ?? Differs("target", given.Target, expected.Target)
        ?? Differs("verdict", given.Verdict, expected.Verdict);

    private static ConsentRuling CheckTime(ConsentClaim claim, ConsentTerms terms, DateTimeOffset now) => claim switch
    {
        _ when claim.Expires - claim.Issued > terms.Validity =>
            new ConsentRuling.Void("expires", $"is more than {terms.Validity} after issued, which is longer than the substrate allows"),
        _ when now >= claim.Expires => new ConsentRuling.Expired(claim.Expires),
        _ when claim.Issued - ConsentPolicy.ClockTolerance > now => new ConsentRuling.NotYetValid(claim.Issued),
        _ => new ConsentRuling.Granted(),
    };

    private static ConsentRuling.Mismatch? Differs(string field, string? given, string? expected) => string.Equals(given, expected, StringComparison.Ordinal)
        ? null
        : new ConsentRuling.Mismatch(field, expected ?? ConsentText.None, given ?? ConsentText.None);

    private static ConsentClaim? Claimed(SignedConsent consent) => (ConsentText.Read(consent.Text) as ConsentReading.Claimed)?.Claim;
}
