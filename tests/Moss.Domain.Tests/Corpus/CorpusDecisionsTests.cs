using System.Collections.Immutable;
using Moss.Domain.Corpus;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;

namespace Moss.Domain.Tests.Corpus;

public sealed class CorpusDecisionsTests
{
    private static readonly DateTimeOffset Monday = EvolutionFacts.Monday;

    private readonly EvolutionFacts facts = new();

    [Fact]
    public void A_repaired_scenario_joins_with_the_counts_that_show_that_it_can_fail()
    {
        var joined = Joined(CorpusState.Empty, Promoted(facts), ("one", "f1"), ("two", "f2"));

        joined.Select(one => (one.Scenario, one.Fingerprint, one.DuplicateOf)).ShouldBe([("one", "f1", null), ("two", "f2", null)]);
        joined.ShouldAllBe(one => one.Evolution == facts.Id && one.BaseCommit == EvolutionFacts.BaseCommit && one.Commit == EvolutionFacts.Repair.Commit);

        // Two trials of the baseline stage and three of the baseline arm failed, three of the candidate passed.
        joined[0].Proof.ShouldBe(new Proof(5, 5, 3, 3));
        Fold(joined).Entries.Values.ShouldAllBe(entry => entry.IsProven);
    }

    [Fact]
    public void Infrastructure_errors_prove_nothing()
    {
        var evolution = Promoted(facts);
        evolution = evolution with { Baseline = [.. evolution.Baseline.Select(Broken)], Trials = [.. evolution.Trials.Select(trial => trial.Arm == Arm.Baseline ? Broken(trial) : trial)] };

        var joined = Joined(CorpusState.Empty, evolution, ("one", "f1"))[0];

        joined.Proof.ShouldBe(new Proof(0, 0, 3, 3));
        var entry = Fold([joined]).EntryOf("one");
        entry.IsProven.ShouldBeFalse();
        CorpusScenario.Of(Fold([joined]))[0].Why.ShouldStartWith("not proven to be able to fail: 0 of 0 trials failed without the fix");
    }

    [Fact]
    public void The_first_of_two_that_ask_the_same_counts_in_one_batch_and_over_time()
    {
        var first = Joined(CorpusState.Empty, Promoted(facts), ("one", "same"), ("two", "same"));
        first.Select(one => one.DuplicateOf).ShouldBe([null, "one"]);

        var later = new EvolutionFacts(Guid.NewGuid());
        var again = Joined(Fold(first), Promoted(later), ("one", "other"), ("two", "same"));
        again.Select(one => one.DuplicateOf).ShouldBe([null, "one"], "what asked it first is still the first");
        Joined(Fold(first), Promoted(later), ("one", "same")).Single(one => one.Scenario == "one").DuplicateOf.ShouldBeNull("a scenario is no duplicate of itself");
    }

    [Fact]
    public void Scenarios_that_could_not_be_read_are_no_duplicates_of_each_other() =>
        Joined(CorpusState.Empty, Promoted(facts)).ShouldAllBe(one => one.DuplicateOf == null && one.Fingerprint.Length == 0);

    [Fact]
    public void A_baseline_tells_of_the_held_out_and_of_what_joined_before_it_was_based()
    {
        var observed = CorpusDecisions.Observe(CorpusState.Empty, Measured(facts, Monday)).ShouldHaveSingleItem().ShouldBeOfType<LiveVersionObserved>();

        observed.Commit.ShouldBe(EvolutionFacts.BaseCommit);
        observed.Scenarios.ShouldBe([new SeenScenario("kept", 2, 2)], "the batch has not joined");
    }

    [Fact]
    public void A_version_that_may_lack_the_repair_says_nothing_of_what_was_repaired()
    {
        var joined = Fold(Joined(CorpusState.Empty, Promoted(facts), ("one", "f1"), ("two", "f2")), Monday);
        var other = new EvolutionFacts(Guid.NewGuid());

        Seen(joined, Measured(other, Monday - TimeSpan.FromHours(1))).ShouldBe(["kept"]);
        Seen(joined, Measured(other, Monday + TimeSpan.FromHours(1))).ShouldBe(["kept", "one", "two"]);

        var moved = Measured(other, Monday - TimeSpan.FromHours(1)).Apply(other.Overtaken(), Monday + TimeSpan.FromHours(1)).Apply(other.Baseline(), Monday + TimeSpan.FromHours(2));
        Seen(joined, moved).ShouldBe(["kept", "one", "two"], "it was moved onto what serves now");
    }

    [Fact]
    public void What_both_passes_and_fails_on_one_version_is_quarantined()
    {
        var corpus = Watch(CorpusState.Empty, ("a", "+-"), ("a", "-+"));

        var quarantine = corpus.EntryOf("kept").Quarantine.ShouldNotBeNull();
        (quarantine.Passed, quarantine.Trials, quarantine.Commit).ShouldBe((2, 4, "a"));
        corpus.Quarantined.ShouldBe(["kept"]);
        var scenario = CorpusScenario.Of(corpus)[0];
        scenario.State.ShouldBe("quarantined");
        scenario.Why.ShouldContain("2 of 4 trials failed on a");
        scenario.Why.ShouldContain($"guards again when {quarantine.SteadyTrials} trials in a row have passed, and 0 have");
    }

    [Fact]
    public void What_one_version_broke_and_the_next_repaired_is_not_flaky()
    {
        var corpus = Watch(CorpusState.Empty, ("a", "+++"), ("b", "---"), ("c", "+++"));

        corpus.EntryOf("kept").Quarantine.ShouldBeNull();
        corpus.EntryOf("kept").Live.ShouldBe(new SeenScenario("kept", 6, 9));
    }

    [Fact]
    public void It_is_re_admitted_after_its_declared_number_of_passes_in_a_row_and_begins_anew()
    {
        var corpus = Watch(CorpusState.Empty, ("a", "+-+-"));
        var needed = corpus.EntryOf("kept").Quarantine.ShouldNotBeNull().SteadyTrials;

        corpus = Watch(corpus, ("a", new string('+', needed - 1)));
        corpus.EntryOf("kept").Steady.ShouldBe(needed - 1);
        corpus = Watch(corpus, ("b", "+-"));
        corpus.EntryOf("kept").Steady.ShouldBe(0, "a failure begins the count again");
        corpus = Watch(corpus, ("b", new string('+', needed - 1)), ("b", "+"));

        corpus.EntryOf("kept").Quarantine.ShouldBeNull();
        Watch(corpus, ("b", "+-")).EntryOf("kept").Quarantine.ShouldBeNull("what was before is forgiven");
        Watch(corpus, ("b", "+-"), ("b", "--")).EntryOf("kept").Quarantine.ShouldNotBeNull();
    }

    [Fact]
    public void Whatever_is_seen_quarantine_and_re_admission_take_turns_and_totals_add_up()
    {
        var random = new Random(7);
        for (var run = 0; run < 200; run++)
        {
            var (corpus, quarantined, trials, rate) = (CorpusState.Empty, false, 0, random.NextDouble());
            for (var baseline = 0; baseline < 30; baseline++)
            {
                var seen = new string([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.NextDouble() < rate ? '+' : '-')]);
                var happened = CorpusDecisions.Observe(corpus, Moment(random.Next(2) == 0 ? "a" : "b", seen));
                trials += seen.Length;
                foreach (var decision in happened.Skip(1))
                {
                    (decision is ScenarioQuarantined).ShouldBe(!quarantined);
                    quarantined = !quarantined;
                }

                corpus = happened.Aggregate(corpus, (state, one) => state.Apply(one, Monday));
            }

            corpus.EntryOf("kept").Live.Trials.ShouldBe(trials);
            (corpus.EntryOf("kept").Quarantine is not null).ShouldBe(quarantined);
        }
    }

    [Fact]
    public void Events_are_sealed_and_have_names_of_their_own()
    {
        CorpusCatalogNames.All.Keys.ShouldAllBe(name => name.StartsWith("corpus.") && name.EndsWith(".v1"));
        CorpusCatalogNames.All.Values.ShouldBeUnique();
        CorpusCatalogNames.All.Values.ShouldAllBe(type => type.IsSealed);
    }

    private static IReadOnlyList<string> Seen(CorpusState corpus, EvolutionMoment moment) =>
        [.. CorpusDecisions.Observe(corpus, moment).OfType<LiveVersionObserved>().Single().Scenarios.Select(seen => seen.Scenario)];

    private static CorpusState Watch(CorpusState corpus, params (string Commit, string Trials)[] baselines) => baselines.Aggregate(
        corpus, (state, baseline) => CorpusDecisions.Observe(state, Moment(baseline.Commit, baseline.Trials)).Aggregate(state, (next, one) => next.Apply(one, Monday)));

    /// <summary>An evolution that has just replayed the held-out scenario on a version.</summary>
    private static EvolutionMoment Moment(string commit, string kept)
    {
        var facts = new EvolutionFacts(Guid.NewGuid());
        return EvolutionMoment.None.Apply(facts.Started() with { BaseCommit = commit }, Monday).Apply(facts.Baseline(kept: kept), Monday);
    }

    private static EvolutionMoment Measured(EvolutionFacts facts, DateTimeOffset started) =>
        EvolutionMoment.None.Apply(facts.Started(), started).Apply(facts.Baseline(), started + TimeSpan.FromMinutes(1));

    private static EvolutionState Promoted(EvolutionFacts facts) => facts.UpTo(Phase.Promoting).Append(new EvolutionEnded(Verdict.Converged, "so", true, false))
        .Aggregate(EvolutionState.Empty, (state, one) => state.Apply(one, Monday));

    private static ImmutableArray<ScenarioJoined> Joined(CorpusState corpus, EvolutionState evolution, params (string Scenario, string Fingerprint)[] fingerprints) =>
        [.. CorpusDecisions.Join(corpus, evolution, fingerprints.ToDictionary(pair => pair.Scenario, pair => pair.Fingerprint)).Cast<ScenarioJoined>()];

    private static CorpusState Fold(IEnumerable<object> events, DateTimeOffset? at = null) =>
        events.Aggregate(CorpusState.Empty, (state, one) => state.Apply(one, at ?? Monday));

    private static TrialResult Broken(TrialResult trial) => trial with { Outcome = TrialOutcome.InfrastructureError };
}
