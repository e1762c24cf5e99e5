using System.Collections.Immutable;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Domain.Corpus;

/// <summary>An evolution as it stood at one of its events.</summary>
/// <param name="State">Folded up to and with the event.</param>
/// <param name="BasedAt">When it was decided which version it is based on.</param>
public sealed record EvolutionMoment(EvolutionState State, DateTimeOffset BasedAt)
{
    /// <summary>Before the first event.</summary>
    public static EvolutionMoment None { get; } = new(EvolutionState.Empty, DateTimeOffset.MinValue);

    /// <summary>One event later.</summary>
    public EvolutionMoment Apply(object happened, DateTimeOffset at) =>
        new(State.Apply(happened, at), happened is EvolutionStarted or PromotionRefused { Serves: not null } ? at : BasedAt);
}

/// <summary>What follows for a corpus from what evolutions went through. Pure.</summary>
public static class CorpusDecisions
{
    /// <summary>The scenarios of a batch whose repair was promoted join, each with the trials that show that it can fail.</summary>
    /// <param name="corpus">As it is.</param>
    /// <param name="evolution">One that ended promoted.</param>
    /// <param name="fingerprints">Of its scenarios; one that is missing could not be read.</param>
    public static ImmutableArray<object> Join(CorpusState corpus, EvolutionState evolution, IReadOnlyDictionary<string, string> fingerprints)
    {
        var first = corpus.Entries.Values.Where(entry => entry.Joined is { DuplicateOf: null, Fingerprint.Length: > 0 })
            .GroupBy(entry => entry.Joined!.Fingerprint, StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.MinBy(entry => entry.JoinedAt)!.Scenario, StringComparer.Ordinal);
        var joined = ImmutableArray.CreateBuilder<object>();
        foreach (var scenario in evolution.Start!.Scenarios.Distinct(StringComparer.Ordinal))
        {
            var fingerprint = fingerprints.GetValueOrDefault(scenario) ?? "";
            if (fingerprint.Length > 0)
            {
                first.TryAdd(fingerprint, scenario);
            }

            var original = first.GetValueOrDefault(fingerprint);
            joined.Add(new ScenarioJoined(
                scenario, fingerprint, original == scenario ? null : original, evolution.Start.Evolution, evolution.Base, evolution.Change?.Commit ?? "",
                ProofOf(scenario, evolution)));
        }

        return joined.ToImmutable();
    }

    /// <summary>
    /// A baseline adds to what is known of the live version, and decides who is quarantined and who is re-admitted. What joined after it
    /// was decided which version the evolution is based on is left out: that version may be one that lacks the repair.
    /// </summary>
    /// <param name="corpus">As it is.</param>
    /// <param name="moment">An evolution whose baseline was just measured.</param>
    public static ImmutableArray<object> Observe(CorpusState corpus, EvolutionMoment moment)
    {
        var seen = moment.State.Baseline.Where(trial => trial is { Arm: Arm.Baseline, Counts: true })
            .Where(trial => IsGuard(trial, corpus.Entries.GetValueOrDefault(trial.Scenario), moment.BasedAt))
            .GroupBy(trial => trial.Scenario)
            .Select(trials => new SeenScenario(trials.Key, trials.Count(trial => trial.Passed), trials.Count()))
            .OrderBy(scenario => scenario.Scenario, StringComparer.Ordinal)
            .ToImmutableArray();
        if (seen.IsEmpty)
        {
            return [];
        }

        var observed = new LiveVersionObserved(moment.State.Start!.Evolution, moment.State.Base, seen);
        var after = corpus.Apply(observed, moment.BasedAt);
        return [observed, .. seen.Select(scenario => Decide(after.EntryOf(scenario.Scenario))).OfType<object>()];
    }

    private static object? Decide(CorpusEntry entry) => entry switch
    {
        { Quarantine: { } quarantine } => entry.Steady >= quarantine.SteadyTrials ? new ScenarioReadmitted(entry.Scenario, entry.Steady) : null,
        { OnCommit: var seen } when QuarantineRule.IsTooFlaky(seen.Passed, seen.Trials) => Quarantine(entry, QuarantineRule.LeastFailing(seen.Passed, seen.Trials)),
        _ => null,
    };

    private static ScenarioQuarantined Quarantine(CorpusEntry entry, double leastFailing) => new(
        entry.Scenario, entry.Commit, entry.OnCommit.Passed, entry.OnCommit.Trials, leastFailing, QuarantineRule.SteadyTrials(leastFailing));

    /// <summary>What is held out, and what joined: that may be reported again.</summary>
    private static bool IsGuard(TrialResult trial, CorpusEntry? entry, DateTimeOffset basedAt) =>
        entry?.JoinedAt is { } joined ? joined < basedAt : trial.Suite == Suite.Corpus;

    private static Proof ProofOf(string scenario, EvolutionState evolution)
    {
        var trials = evolution.Baseline.Concat(evolution.Trials).Where(trial => trial.Scenario == scenario && trial.Counts).ToList();
        var (reverted, candidate) = (trials.Where(trial => trial.Arm == Arm.Baseline).ToList(), trials.Where(trial => trial.Arm == Arm.Candidate).ToList());
        return new Proof(reverted.Count(trial => !trial.Passed), reverted.Count, candidate.Count(trial => trial.Passed), candidate.Count);
    }
}
