using Moss.Domain.Consents;
using Moss.Domain.Promotion;

namespace Moss.Domain.Evolution;

/// <summary>
/// What approvers are asked to sign, and what follows from that. It is ruled on once more by whoever promotes: an evolution cannot tell by
/// itself what would be replaced.
/// </summary>
public static class SignedOffers
{
    /// <summary>What is asked now.</summary>
    /// <param name="state">An evolution that asks for consent.</param>
    /// <param name="target">What would be replaced; null for nothing.</param>
    /// <param name="verdict">Hash of its last ruling; null for none.</param>
    public static ConsentSubject SubjectOf(EvolutionState state, string? target, string? verdict)
    {
        var (start, asked) = (state.Start!, state.ConsentAsked!.Value.Request);
        return new(start.Substrate, start.Evolution, asked.Commit, asked.Tree, asked.DiffArtifact) { Image = asked.Image, Target = target, Verdict = verdict };
    }

    /// <summary>The claim that an approver would sign.</summary>
    /// <param name="state">An evolution that asks for signatures.</param>
    /// <param name="subject">What is asked.</param>
    /// <param name="approver">Who.</param>
    /// <param name="now">The present.</param>
    /// <param name="nonce">Chance.</param>
    public static ConsentClaim ClaimOf(EvolutionState state, ConsentSubject subject, string approver, DateTimeOffset now, Guid nonce)
    {
        var (asked, at) = state.ConsentAsked!.Value;
        return ConsentClaim.Of(subject, approver, now, state.Start!.Consent!.Validity, at + asked.Window, nonce);
    }

    /// <summary>Whether a signature counts for what is asked now.</summary>
    /// <param name="state">An evolution that asks for signatures.</param>
    /// <param name="subject">What is asked.</param>
    /// <param name="consent">What was signed.</param>
    /// <param name="now">The present.</param>
    /// <param name="verifies">Checks a signature.</param>
    public static ConsentRuling Check(
        EvolutionState state, ConsentSubject subject, SignedConsent consent, DateTimeOffset now, SignatureCheck verifies) =>
        QuorumPolicy.Check(consent, new(state.Start!.Consent!, subject, state.Start.RequestedBy), now, verifies);

    /// <summary>
    /// True when a signature is of an approver and about what is asked, as far as the evolution can tell: the target and the verdict
    /// are taken as signed.
    /// </summary>
    public static bool IsSignedAnswer(this EvolutionState state, SignedConsent consent, DateTimeOffset now, SignatureCheck verifies) =>
        state is { Start.Consent: not null, ConsentAsked: var (asked, at) } && now <= at + asked.Window
        && ClaimIn(consent.Text) is { Subject: var subject }
        && Check(state, SubjectOf(state, subject.Target, subject.Verdict), consent, now, verifies) is ConsentRuling.Granted;

    /// <summary>True when enough approvers signed the same.</summary>
    public static bool HasQuorum(this EvolutionState state, DateTimeOffset now) => Quorum(state, now) is QuorumRuling.Reached;

    /// <summary>What enough approvers together allowed.</summary>
    /// <param name="state">An evolution with a quorum.</param>
    /// <param name="now">When it was reached.</param>
    public static ConsentGiven Given(EvolutionState state, DateTimeOffset now)
    {
        var (reached, asked) = ((QuorumRuling.Reached)Quorum(state, now), state.ConsentAsked!.Value.Request);
        return new(asked.Commit, asked.Tree, string.Join(", ", reached.Approvers), now, reached.ExpiresAt, asked.Image);
    }

    /// <summary>
    /// Rules on all signatures together. They were verified before they were recorded. Those that name another target or verdict than
    /// the newest are of a world that is gone.
    /// </summary>
    public static QuorumRuling Quorum(EvolutionState state, DateTimeOffset now)
    {
        var newest = state.Signatures.IsEmpty ? null : ClaimIn(state.Signatures[^1].Text)?.Subject;
        return QuorumPolicy.Check(
            state.Signatures.Select(signed => new SignedConsent(signed.Text, signed.Signature)),
            new(state.Start!.Consent!, SubjectOf(state, newest?.Target, newest?.Verdict), state.Start.RequestedBy), now, (_, _, _) => true);
    }

    private static ConsentClaim? ClaimIn(string text) => (ConsentText.Read(text) as ConsentReading.Claimed)?.Claim;
}
