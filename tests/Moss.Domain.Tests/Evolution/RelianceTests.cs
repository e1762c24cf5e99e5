using System.Collections.Immutable;
using System.Text.Json;
using Moss.Domain.Audit;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Judgement.Judges;

namespace Moss.Domain.Tests.Evolution;

/// <summary>Judges that are refused, and what rests on them.</summary>
public sealed class RelianceTests
{
    private readonly EvolutionFacts facts = new();

    [Fact]
    public void A_batch_whose_judge_is_refused_is_not_worth_trying_and_the_ending_names_all_that_is_needed()
    {
        var state = Baseline(Judge("one", steady: false));

        state.IsWorthTrying().ShouldBeFalse();
        var end = Endings.NothingToTry(state);
        end.Verdict.ShouldBe(Verdict.Inconclusive);
        end.Reason.ShouldStartWith("the judge of keypoint 'tone' of scenario 'one' is refused: 12 of its 30 votes went against their own majority");
        end.Reason.ShouldContain("use a deterministic grader");
    }

    [Fact]
    public void A_judge_that_is_accepted_changes_nothing()
    {
        var state = Baseline(Judge("one", steady: true), Judge("kept", steady: true));

        state.IsWorthTrying().ShouldBeTrue();
        state.Guarded().ShouldBe(["kept"]);
    }

    [Fact]
    public void A_held_out_scenario_whose_judge_is_refused_guards_nothing_and_is_no_known_failure()
    {
        var state = Baseline("--", Judge("kept", steady: false));

        state.IsWorthTrying().ShouldBeTrue();
        state.Guarded().ShouldBeEmpty();
        state.DifferentFailures().ShouldBe(2);
        Rulings.TrialRows(state).Select(row => row.Scenario).ShouldBe(["one", "two"], ignoreOrder: true);
    }

    [Fact]
    public void The_account_of_a_verdict_lists_every_judge_and_says_what_follows()
    {
        var judges = Explain.Of(Baseline(Judge("one", steady: true), Judge("kept", steady: false))).Judges;

        judges.Select(judge => (judge.Calibration.Scenario, judge.Suite, judge.Measure.IsAccepted, judge.Effect)).ShouldBe(
        [
            ("one", Suite.Batch, true, "its votes count"),
            ("kept", Suite.Corpus, false, "the scenario guards nothing in this evolution"),
        ]);
    }

    [Fact]
    public void An_ending_for_a_refused_judge_is_derived_again_from_the_stored_votes()
    {
        object[] story = [facts.Started(), facts.Requested(Stage.Baseline), facts.Baseline() with { Judges = [Judge("one", steady: false)] }, facts.Spent(Stage.Baseline, iteration: 0)];
        story = [.. story, Endings.NothingToTry(EvolutionFacts.Fold(story))];

        Derive(story).Ok.ShouldBeTrue();
        Derive([.. story.Select(@event => @event is BaselineMeasured measured ? measured with { Judges = [Judge("one", steady: true)] } : @event)]).Ok.ShouldBeFalse();
    }

    [Fact]
    public void An_evolution_with_a_judge_is_ruled_on_by_its_stored_trials_alone()
    {
        object[] story = [.. facts.UpTo(Phase.Judging).Select(@event => @event is BaselineMeasured measured ? measured with { Judges = [Judge("one", steady: true)] } : @event), facts.Proposed()];
        story = [.. story, Rulings.OnTrials(EvolutionFacts.Fold(story))];

        Derive(story).Ok.ShouldBeTrue();
    }

    [Fact]
    public void A_baseline_that_was_stored_before_there_were_judges_has_none()
    {
        var stored = JsonSerializer.SerializeToNode(facts.Baseline())!.AsObject();
        stored.Remove(nameof(BaselineMeasured.Judges)).ShouldBeTrue();

        var state = EvolutionFacts.Fold(facts.Started(), stored.Deserialize<BaselineMeasured>()!);

        state.Judges.ShouldBeEmpty();
        state.IsWorthTrying().ShouldBeTrue();
    }

    [Fact]
    public void Stored_votes_read_back_the_same()
    {
        var measured = facts.Baseline() with { Judges = [Judge("one", steady: false)] };

        var read = JsonSerializer.Deserialize<BaselineMeasured>(JsonSerializer.Serialize(measured))!;

        JudgeRule.Measure(read.Judges[0]).ShouldBe(JudgeRule.Measure(measured.Judges[0]));
    }

    private static JudgeCalibration Judge(string scenario, bool steady) => new(
        scenario, "tone", new(5, 0.1, 0.9),
        [.. Enumerable.Range(0, 6).Select(index => new LabelBallot(index < 3, false, (index < 3, steady) switch
        {
            (true, true) => new(5, 0, 0), (true, false) => new(3, 2, 0), (false, true) => new(0, 5, 0), (false, false) => new(2, 3, 0),
        }))]);

    private EvolutionState Baseline(params ImmutableArray<JudgeCalibration> judges) => Baseline("++", judges);

    private EvolutionState Baseline(string kept, params ImmutableArray<JudgeCalibration> judges) =>
        EvolutionFacts.Fold(facts.Started(), facts.Requested(Stage.Baseline), facts.Baseline(kept: kept) with { Judges = judges });

    private static Rederivation Derive(IEnumerable<object> events) =>
        Rederive.Of(events.Select((@event, version) => ((long)version, @event, EvolutionFacts.Monday)));
}
