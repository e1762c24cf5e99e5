using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;
using Moss.Orchestrator.Dispatching;
using Moss.Orchestrator.Machine;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Where approvers are declared, their signatures lead to the promotion and nothing else does.</summary>
public sealed class SignedConsentTests(SagaBench bench) : StoryTest(bench)
{
    private const string Signed = "evolution.consent-signed.v1";
    private const string Given = "evolution.consent-given.v1";

    [Fact]
    public async Task One_signature_leads_to_the_promotion_where_one_is_enough()
    {
        var state = await Asked(1).When(Answers.Signature("ada")).ThenAsync(Facts, Signed, Given, Facts.Requested(Stage.Promote));

        (state.Phase, state.Consent!.Approver, state.Signatures.Length).ShouldBe((Phase.Promoting, "ada", 1));
        state.Consent.ExpiresAt.ShouldBe(EvolutionAnswers.Now.AddHours(24));
    }

    [Fact]
    public async Task A_quorum_of_two_takes_two_approvers()
    {
        var state = await Asked(2).When(Answers.Signature("ada"), Answers.Signature("bea"))
            .ThenAsync(Facts, Signed, Signed, Given, Facts.Requested(Stage.Promote));

        state.Consent!.Approver.ShouldBe("ada, bea");
    }

    [Fact]
    public async Task The_first_of_two_signatures_is_kept_and_the_question_stands() =>
        (await Asked(2).When(Answers.Signature("ada")).ThenAsync(Facts, Signed)).Phase.ShouldBe(Phase.AwaitingConsent);

    [Fact]
    public async Task One_approver_twice_is_no_quorum_of_two()
    {
        var state = await Asked(2).When(Answers.Signature("ada"), Answers.Signature("ada")).ThenAsync(Facts, Signed, Signed);

        (state.Phase, state.Signatures.Length).ShouldBe((Phase.AwaitingConsent, 1));
    }

    [Fact]
    public async Task Two_approvers_who_signed_for_different_targets_are_no_quorum_of_two() =>
        (await Asked(2).When(Answers.Signature("ada", subject: Signing.SubjectOf(Facts.Id) with { Target = "desk-0" }), Answers.Signature("bea"))
            .ThenAsync(Facts, Signed, Signed)).Phase.ShouldBe(Phase.AwaitingConsent);

    [Fact]
    public async Task A_consent_without_a_signature_allows_nothing() => await Asked(1).When(Answers.Consent()).ThenAsync(Facts);

    [Fact]
    public async Task A_signature_of_another_key_or_about_something_else_allows_nothing()
    {
        var subject = Signing.SubjectOf(Facts.Id);

        await Asked(1)
            .When(
                Answers.Signature("ada", Signing.KeyOf("bea")), Answers.Signature("mallory"), Answers.Signature(subject: subject with { Commit = EvolutionFacts.BaseCommit }),
                Answers.Signature(subject: subject with { Evolution = Guid.NewGuid() }), Answers.Signature(subject: subject with { Image = null }))
            .ThenAsync(Facts);
    }

    [Fact]
    public async Task A_signature_that_has_expired_allows_nothing() =>
        await Asked(1).When(Answers.Signature(at: EvolutionAnswers.Now.AddHours(25))).ThenAsync(Facts);

    [Fact]
    public async Task A_signature_means_nothing_where_none_is_asked_for() => await In(Phase.AwaitingConsent).When(Answers.Signature()).ThenAsync(Facts);

    [Fact]
    public async Task A_person_may_refuse_without_a_signature() =>
        (await Asked(2).When(Answers.Signature("ada"), Answers.Refusal()).ThenAsync(
            Facts, Signed, new ConsentRefused("bea", "too much at once"), Ended)).Phase.ShouldBe(Phase.Concluded);

    [Fact]
    public async Task A_question_that_too_few_answered_ends_it() =>
        (await Asked(2).When(Answers.Signature("ada"), Answers.ConsentExpiry()).ThenAsync(Facts, Signed, new ConsentExpired(), Ended)).Phase.ShouldBe(Phase.Concluded);

    [Fact]
    public void Who_has_to_sign_is_told_to_the_evolution_as_the_base_declares_it()
    {
        var requested = new EvolutionRequested(
            Facts.Id, Facts.Id, "desk", EvolutionFacts.BaseCommit, ["one", "two"], Depth.Deep, null, null, new(0.05, 0, 1), "ann");

        var terms = (requested with { Consent = Signing.Terms(2) }).ToCommand(EvolutionAnswers.Now).ToEvent().Consent.ShouldNotBeNull();

        terms.Approvers.ShouldBe(Signing.Terms(2).Approvers);
        (terms.Quorum, terms.RequesterMayApprove, terms.Validity).ShouldBe((2, true, TimeSpan.FromHours(24)));
        requested.ToCommand(EvolutionAnswers.Now).ToEvent().Consent.ShouldBeNull();
    }

    private EvolutionStarted Started(int quorum) => Facts.Started() with { Consent = Signing.Terms(quorum) };

    private Story Asked(int quorum) => In(Phase.AwaitingConsent, Started(quorum));
}
