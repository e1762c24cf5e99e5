using System.Collections.Immutable;
using Moss.Domain.Audit;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;
using static Moss.Domain.Tests.Evolution.EvolutionFacts;

namespace Moss.Domain.Tests.Audit;

public sealed class RederiveTests
{
    private readonly EvolutionFacts facts = new();

    [Fact]
    public void What_was_ruled_asked_and_ended_agrees_with_what_led_to_it()
    {
        object[] story = [.. Ruled(), facts.Consented(Monday), facts.Requested(Stage.Promote), new CandidatePromoted(facts.Key(Stage.Promote), Repair.Commit, 1)];
        story = [.. story, Endings.Promoted(Fold(story))];

        var derived = Derive(story);

        derived.Ok.ShouldBeTrue();
        derived.Decisions.Select(decision => (decision.Decision, decision.Result)).ShouldBe(
            [("ruling", Rederived.Same), ("question", Rederived.Same), ("ending", Rederived.Same)]);
    }

    public static TheoryData<string, Func<IterationRuled, IterationRuled>> Tamperings => new()
    {
        { "verdict", ruled => ruled with { Verdict = Verdict.NeedMoreWork } },
        { "reason", ruled => ruled with { Reason = "it is fine" } },
        { "detail", ruled => ruled with { Detail = "it is fine" } },
        { "final", ruled => ruled with { Final = false } },
        { "pValue", ruled => ruled with { PValue = 0.001 } },
        { "alpha", ruled => ruled with { Alpha = 0.05 } },
        { "baselineMean", ruled => ruled with { BaselineMean = 0.5 } },
        { "candidateMean", ruled => ruled with { CandidateMean = 0.999 } },
        { "iteration", ruled => ruled with { Iteration = 2 } },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public void A_ruling_that_was_tampered_with_is_found_and_its_field_is_named(string field, Func<IterationRuled, IterationRuled> tamper)
    {
        object[] story = [.. Ruled().Select(@event => @event is IterationRuled ruled ? tamper(ruled) : @event)];

        var decision = Derive(story).Decisions[0];

        decision.Result.ShouldBe(Rederived.Differs);
        decision.Deviations.Select(deviation => deviation.Field).ShouldContain(field);
        Derive(story).Ok.ShouldBeFalse();
    }

    [Fact]
    public void Trials_that_were_tampered_with_are_found_by_the_ruling_that_rests_on_them()
    {
        var decision = Derive([.. Ruled().Select(@event => @event is TrialsCompleted ? facts.Tried(two: "++-") : @event)]).Decisions[0];

        decision.Result.ShouldBe(Rederived.Differs);
        decision.Deviations.ShouldContain(new Deviation("verdict", "Converged", "NeedMoreWork"));
    }

    [Fact]
    public void A_question_for_consent_without_a_ruling_that_allows_it_is_found()
    {
        var derived = Derive([.. Ruled().Where(@event => @event is not IterationRuled)]);

        derived.Decisions.ShouldHaveSingleItem().Deviations.ShouldHaveSingleItem().Derived.ShouldContain("no such decision");
    }

    [Fact]
    public void A_question_for_another_commit_is_found() =>
        Derive([.. Ruled().Select(@event => @event is ConsentRequested asked ? asked with { Commit = BaseCommit } : @event)])
            .Decisions[1].Deviations.ShouldHaveSingleItem().Field.ShouldBe("commit");

    [Fact]
    public void A_rule_that_is_not_known_is_reported_as_such_and_is_no_difference()
    {
        var derived = Derive([.. Ruled().Select(@event => @event is IterationRuled ruled ? ruled with { Policy = 99, PValue = 7 } : @event)]);

        derived.Ok.ShouldBeTrue();
        derived.Unknown.ShouldBe(1);
        derived.Decisions[0].Policy.ShouldBe(99);
    }

    [Fact]
    public void What_was_ruled_by_the_first_rule_is_derived_by_the_first_rule()
    {
        object[] before = [.. facts.UpTo(Phase.Trialing), facts.Tried(one: "++-", two: "???"), facts.Requested(Stage.Evaluate), facts.Judged(), facts.Requested(Stage.Verdict)];
        var (first, now) = (Rulings.OnTrials(Fold(before), VerdictPolicy.ComparingRates), Rulings.OnTrials(Fold(before)));

        (first.Policy, now.Policy).ShouldBe((1, VerdictPolicy.Version));
        Derive([.. before, first]).Ok.ShouldBeTrue();
        Derive([.. before, now]).Ok.ShouldBeTrue();
    }

    [Fact]
    public void A_change_that_nothing_runs_is_ruled_on_by_the_rule_of_its_time()
    {
        object[] before =
        [
            .. facts.UpTo(Phase.Trialing), ((TrialsCompleted)facts.Tried(one: "++++++", two: "++++++")) with { Firing = new(2, 0, 2) }, facts.Requested(Stage.Evaluate), facts.Judged(),
            facts.Requested(Stage.Verdict),
        ];
        var (earlier, now) = (Rulings.OnTrials(Fold(before), VerdictPolicy.Guarding), Rulings.OnTrials(Fold(before)));

        (earlier.Verdict, now.Verdict, now.Final).ShouldBe((Verdict.Converged, Verdict.NoChange, false));
        Derive([.. before, earlier]).Ok.ShouldBeTrue();
        Derive([.. before, now]).Ok.ShouldBeTrue();
    }

    public static TheoryData<string> Ways => ["nothing", "money", "environment", "stop", "clock", "broken", "late", "refused", "expired", "ruled", "rolled back"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_way_to_end_is_derived_and_any_other_end_there_is_a_difference(string way)
    {
        var story = EndingBy(way).ToList();
        Derive(story).Decisions[^1].ShouldSatisfyAllConditions(
            decision => decision.Decision.ShouldBe("ending"), decision => decision.Result.ShouldBe(Rederived.Same));

        story[^1] = ((EvolutionEnded)story[^1]) with { Verdict = Verdict.FundamentalLimitModel };
        Derive(story).Ok.ShouldBeFalse();
    }

    [Fact]
    public void A_promotion_that_nobody_made_is_found() =>
        Derive([.. Ruled(), new EvolutionEnded(Verdict.Converged, "every scenario passes", true, false)]).Ok.ShouldBeFalse();

    [Fact]
    public void A_stream_without_its_beginning_is_no_crash() => Derive([facts.Ruled(1, Verdict.Converged), Endings.Stopped("ann")]).Ok.ShouldBeFalse();

    private IEnumerable<object> EndingBy(string way)
    {
        ImmutableArray<object> poor = [facts.Started(dollars: 0.1m), facts.Requested(Stage.Baseline), facts.Baseline(), facts.Requested(Stage.Locate), facts.Located(), facts.Spent(Stage.Locate)];
        ImmutableArray<object> outage = [.. facts.UpTo(Phase.Locating), facts.Located(FailureClass.Environment), facts.Spent(Stage.Locate)];
        ImmutableArray<object> lost = [.. facts.UpTo(Phase.Implementing), facts.Refused()];
        lost = [.. lost, Rulings.WithoutTrials(Fold(lost))];
        return way switch
        {
            "nothing" => End([facts.Started(), facts.Requested(Stage.Baseline), facts.Baseline("++", "++")], Endings.NothingToTry),
            "money" => End(poor, Endings.OutOfMoney),
            "environment" => End(outage, Endings.Environment),
            "stop" => End([.. facts.UpTo(Phase.Planning), new StopRequested("ann")], _ => Endings.Stopped("ann")),
            "clock" => End([.. facts.UpTo(Phase.Planning, facts.Started(wallClock: TimeSpan.FromHours(1))), new WallClockPassed()], Endings.OutOfTime),
            "broken" => End([.. facts.UpTo(Phase.Building), new StageBroken(facts.Key(Stage.Build), "no disk", false)], state => Endings.Broken(state, "no disk")),
            "late" => End(facts.UpTo(Phase.Building), Endings.LateAnswer),
            "refused" => End([.. Ruled(), new ConsentRefused("bea", "not now")], state => Endings.NotPromoted(state, "bea refused consent: not now")),
            "expired" => End([.. Ruled(), new ConsentExpired()], state => Endings.NotPromoted(state, Endings.NobodyConsented)),
            "ruled" => End(lost, Endings.AsRuled),
            _ => End([.. Ruled(), facts.Consented(Monday), facts.Requested(Stage.Promote), new PromotionRolledBack(facts.Key(Stage.Promote), Repair.Commit, BaseCommit, "no answer")], state => Endings.RolledBack(state, "no answer")),
        };
    }

    private static IEnumerable<object> End(IEnumerable<object> story, Func<EvolutionState, EvolutionEnded> end) => [.. story, end(Fold(story))];

    /// <summary>To the question for consent, with the ruling that the trials give.</summary>
    private object[] Ruled()
    {
        object[] judged = [.. facts.UpTo(Phase.Judging), facts.Proposed()];
        return [.. judged, Rulings.OnTrials(Fold(judged)), facts.Asked()];
    }

    private static Rederivation Derive(IEnumerable<object> story) => Rederive.Of(story.Select((@event, version) => ((long)version, @event, Monday)));
}
