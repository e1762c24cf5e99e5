using Moss.Domain.Consents;
using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;

namespace Moss.Domain.Tests.Consents;

/// <summary>What an evolution asks approvers to sign, and when enough of them did.</summary>
public sealed class SignedOffersTests
{
    private static readonly EvolutionFacts Facts = new();
    private static readonly DateTimeOffset Now = EvolutionFacts.Monday;

    [Fact]
    public void The_claim_is_about_what_is_asked_and_ends_with_the_question()
    {
        var state = Asked(1);
        var subject = SignedOffers.SubjectOf(state, "desk-1", "70ad");

        subject.ShouldBe(new ConsentSubject("desk", Facts.Id, EvolutionFacts.Repair.Commit, EvolutionFacts.Repair.Tree, EvolutionFacts.Repair.DiffArtifact)
        {
            Image = EvolutionFacts.Image, Target = "desk-1", Verdict = "70ad",
        });
        SignedOffers.ClaimOf(state, subject, "ada", Now, Guid.Empty).Expires.ShouldBe(Now.AddHours(1));
        SignedOffers.ClaimOf(state, subject, "ada", Now + Offers.Window - TimeSpan.FromMinutes(5), Guid.Empty).Expires.ShouldBe(Now + Offers.Window);
    }

    [Fact]
    public void A_quorum_of_two_is_reached_by_the_second_approver()
    {
        var one = Asked(2, By("ada"));
        var two = one.Apply(By("bea"), Now);

        one.HasQuorum(Now).ShouldBeFalse();
        two.HasQuorum(Now).ShouldBeTrue();
        SignedOffers.Given(two, Now).ShouldBe(new ConsentGiven(
            EvolutionFacts.Repair.Commit, EvolutionFacts.Repair.Tree, "ada, bea", Now, Now.AddHours(1), EvolutionFacts.Image));
    }

    [Fact]
    public void Of_each_approver_the_newest_signature_is_kept() =>
        Asked(2, By("ada"), By("bea"), By("ada", target: "desk-2")).Signatures.Select(signed => signed.Approver).ShouldBe(["bea", "ada"]);

    [Fact]
    public void Signatures_for_another_target_than_the_newest_do_not_count()
    {
        var state = Asked(2, By("ada", target: "desk-1"), By("bea", target: "desk-2"));

        state.HasQuorum(Now).ShouldBeFalse();
        state.Apply(By("ada", target: "desk-2"), Now).HasQuorum(Now).ShouldBeTrue();
    }

    [Fact]
    public void Signatures_that_have_expired_do_not_count() => Asked(1, By("ada")).HasQuorum(Now.AddHours(1)).ShouldBeFalse();

    [Fact]
    public void A_new_question_begins_without_signatures() =>
        Asked(2, By("ada")).Apply(Facts.Asked(), Now.AddMinutes(1)).Signatures.ShouldBeEmpty();

    [Fact]
    public void Where_signatures_are_asked_for_a_word_is_no_answer_and_where_they_are_not_a_signature_is_none()
    {
        var (commit, tree) = (EvolutionFacts.Repair.Commit, EvolutionFacts.Repair.Tree);
        var signed = By("ada");
        var consent = new SignedConsent(signed.Text, signed.Signature);
        var plain = EvolutionFacts.Fold(Facts.UpTo(Phase.AwaitingConsent));

        Asked(1).IsAnsweredBy(commit, tree, EvolutionFacts.Image, Now).ShouldBeFalse();
        plain.IsAnsweredBy(commit, tree, EvolutionFacts.Image, Now).ShouldBeTrue();
        Asked(1).IsSignedAnswer(consent, Now, Signed.Verifies).ShouldBeTrue();
        plain.IsSignedAnswer(consent, Now, Signed.Verifies).ShouldBeFalse();
    }

    [Fact]
    public void A_signature_counts_only_while_the_question_stands()
    {
        var late = Now + Offers.Window + TimeSpan.FromSeconds(1);
        var claim = ConsentClaim.Of(SignedOffers.SubjectOf(Asked(1), null, null), "ada", late, TimeSpan.FromHours(1), late.AddDays(1), Guid.Empty);

        Asked(1).IsSignedAnswer(Signed.Sign(claim), late, Signed.Verifies).ShouldBeFalse();
    }

    private static EvolutionState Asked(int quorum, params ConsentSigned[] signatures) => signatures.Aggregate(
        EvolutionFacts.Fold(Facts.UpTo(Phase.AwaitingConsent, Facts.Started() with { Consent = Signed.Terms with { Quorum = quorum } })),
        (state, signed) => state.Apply(signed, Now));

    private static ConsentSigned By(string approver, string? target = null)
    {
        var subject = SignedOffers.SubjectOf(EvolutionFacts.Fold(Facts.UpTo(Phase.AwaitingConsent)), target, null);
        var consent = Signed.Sign(ConsentClaim.Of(subject, approver, Now, TimeSpan.FromHours(1), Now.AddDays(7), Guid.Empty));
        return new(approver, consent.Text, consent.Signature);
    }
}
