using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>A person's answer, and what becomes of the promotion.</summary>
public sealed class ConsentTests(SagaBench bench) : StoryTest(bench)
{
    [Fact]
    public async Task Consent_leads_to_the_promotion() =>
        (await In(Phase.AwaitingConsent).When(Answers.Consent()).ThenAsync(
            Facts, Facts.Consented(EvolutionAnswers.Now), Facts.Requested(Stage.Promote))).Consent!.Approver.ShouldBe("bea");

    [Fact]
    public async Task Consent_to_another_commit_tree_or_image_allows_nothing() =>
        (await In(Phase.AwaitingConsent)
            .When(Answers.Consent(commit: EvolutionFacts.BaseCommit), Answers.Consent(tree: EvolutionFacts.BaseCommit), Answers.Consent(image: "sha256:other"))
            .ThenAsync(Facts)).Phase.ShouldBe(Phase.AwaitingConsent);

    [Fact]
    public async Task Consent_given_to_another_evolution_allows_nothing()
    {
        var consent = Answers.Consent();

        await In(Phase.AwaitingConsent).When(consent with { Grant = consent.Grant with { EvolutionId = Guid.NewGuid() } }).ThenAsync(Facts);
    }

    [Fact]
    public async Task Consent_after_the_question_has_expired_allows_nothing() =>
        await In(Phase.AwaitingConsent).When(Answers.Consent(at: EvolutionAnswers.Now + Offers.Window + TimeSpan.FromSeconds(1))).ThenAsync(Facts);

    [Fact]
    public async Task A_refusal_ends_it_without_a_promotion()
    {
        var state = await In(Phase.AwaitingConsent).When(Answers.Refusal()).ThenAsync(Facts, new ConsentRefused("bea", "too much at once"), Ended);

        (state.Phase, state.Ending!.Verdict, state.Ending.Reason).ShouldBe(
            (Phase.Concluded, Verdict.Converged, "bea refused consent: too much at once"));
    }

    [Fact]
    public async Task A_question_that_nobody_answers_ends_it() =>
        (await In(Phase.AwaitingConsent).When(Answers.ConsentExpiry()).ThenAsync(Facts, new ConsentExpired(), Ended)).Phase.ShouldBe(Phase.Concluded);

    [Fact]
    public async Task Consent_expires_only_while_it_is_asked_for() => await In(Phase.Judging).When(Answers.ConsentExpiry()).ThenAsync(Facts);

    [Fact]
    public async Task A_candidate_that_serves_ends_it_well()
    {
        var state = await In(Phase.Promoting).When(Answers.Promoted()).ThenAsync(
            Facts, new CandidatePromoted(Facts.Key(Stage.Promote), EvolutionFacts.Repair.Commit, 0.5), Ended);

        (state.Phase, state.Ending!.Promoted).ShouldBe((Phase.Promoted, true));
    }

    [Fact]
    public async Task A_candidate_that_was_rolled_back_ends_it_with_the_reason()
    {
        var state = await In(Phase.Promoting).When(Answers.RolledBack()).ThenAsync(
            Facts,
            new PromotionRolledBack(Facts.Key(Stage.Promote), EvolutionFacts.Repair.Commit, EvolutionFacts.BaseCommit, "no answer on /health"), Ended);

        (state.Phase, state.Ending!.Reason, state.Ending.RolledBack).ShouldBe((Phase.RolledBack, "no answer on /health", true));
    }

    [Fact]
    public async Task A_promotion_that_was_refused_touched_nothing_and_ends_it() =>
        (await In(Phase.Promoting).When(Answers.PromotionRefused()).ThenAsync(
            Facts, new PromotionRefused(Facts.Key(Stage.Promote), "ConsentExpired", "the consent has expired"), Ended)).Phase.ShouldBe(Phase.Concluded);
}
