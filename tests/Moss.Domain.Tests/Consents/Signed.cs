using System.Collections.Immutable;
using Moss.Domain.Consents;

namespace Moss.Domain.Tests.Consents;

/// <summary>Approvers ada, bea and cyd and what they sign; the key of each is the name, and a signature names key and text.</summary>
internal static class Signed
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static readonly ConsentSubject Subject = new(
        "desk", Guid.Parse("0198c0de-0000-7000-8000-000000000001"), new('b', 40), new('2', 40), new('d', 64))
    {
        Image = "sha256:" + new string('e', 64), Target = "desk-0198c0de", Verdict = new('f', 64),
    };

    public static readonly ConsentTerms Terms = new(
        [new("ada", "key of ada"), new("bea", "key of bea"), new("cyd", "key of cyd")], 1, true, TimeSpan.FromHours(1));

    public static readonly ConsentCase Case = new(Terms, Subject, "ann");

    public static ConsentCase Quorum(int quorum) => Case with { Terms = Terms with { Quorum = quorum } };

    public static ConsentClaim Claim(string approver = "ada", int nonce = 1) => ConsentClaim.Of(
        Subject, approver, Noon, TimeSpan.FromHours(1), Noon.AddDays(7), new Guid(nonce, 0, 0, new byte[8]));

    public static SignedConsent By(string approver, int nonce = 1) => Sign(Claim(approver, nonce));

    /// <summary>What the named approver signs.</summary>
    public static SignedConsent Sign(ConsentClaim claim, string? signer = null)
    {
        var text = ConsentText.Write(claim);
        return new(text, $"key of {signer ?? claim.Approver} on {text}");
    }

    public static bool Verifies(string key, string text, string signature) => signature == $"{key} on {text}";

    public static QuorumRuling Check(ConsentCase about, params ImmutableArray<SignedConsent> consents) =>
        QuorumPolicy.Check(consents, about, Noon.AddMinutes(1), Verifies);
}
