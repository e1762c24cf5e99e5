using System.Collections.Immutable;

namespace Moss.Domain.Corpus;

/// <summary>What is known of the scenarios that guard a substrate, folded from its events and from nothing else.</summary>
public sealed record CorpusState
{
    /// <summary>Before the first event.</summary>
    public static CorpusState Empty { get; } = new();

    /// <summary>By the id of the scenario.</summary>
    public ImmutableSortedDictionary<string, CorpusEntry> Entries { get; init; } =
        ImmutableSortedDictionary.Create<string, CorpusEntry>(StringComparer.Ordinal);

    /// <summary>Scenarios that are tried and guard nothing.</summary>
    public IEnumerable<string> Quarantined => Entries.Values.Where(entry => entry.Quarantine is not null).Select(entry => entry.Scenario);

    /// <summary>Folds one event; one that is no event of a corpus leaves it as it is.</summary>
    public CorpusState Apply(object happened, DateTimeOffset at) => happened switch
    {
        ScenarioJoined e => With(EntryOf(e.Scenario) with { Joined = e, JoinedAt = at }),
        LiveVersionObserved e => e.Scenarios.Aggregate(this, (state, seen) => state.With(state.EntryOf(seen.Scenario).Saw(e.Commit, seen))),
        ScenarioQuarantined e => With(EntryOf(e.Scenario) with { Quarantine = e, Steady = 0 }),
        ScenarioReadmitted e => With(EntryOf(e.Scenario) with { Quarantine = null, Steady = 0, OnCommit = new(e.Scenario, 0, 0) }),
        _ => this,
    };

    /// <summary>The entry of a scenario; a new one when nothing is known of it.</summary>
    public CorpusEntry EntryOf(string scenario) => Entries.GetValueOrDefault(scenario) ?? new CorpusEntry(scenario);

    private CorpusState With(CorpusEntry entry) => this with { Entries = Entries.SetItem(entry.Scenario, entry) };
}

/// <summary>One scenario.</summary>
/// <param name="Scenario">Its id.</param>
public sealed record CorpusEntry(string Scenario)
{
    /// <summary>How it joined, last; null when it was in the repository from the beginning.</summary>
    public ScenarioJoined? Joined { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? JoinedAt { get; init; }

    /// <summary>All trials on live versions.</summary>
    public SeenScenario Live { get; init; } = new(Scenario, 0, 0);

    /// <summary>The live version that was seen last; empty before.</summary>
    public string Commit { get; init; } = "";

    /// <summary>Trials on it since the scenario was last re-admitted.</summary>
    public SeenScenario OnCommit { get; init; } = new(Scenario, 0, 0);

    /// <summary>Why it guards nothing; null when it does.</summary>
    public ScenarioQuarantined? Quarantine { get; init; }

    /// <summary>Passes in a row since it was quarantined.</summary>
    public int Steady { get; init; }

    /// <summary>True when it failed on the base and passed on the candidate: the base is the fix reverted.</summary>
    public bool IsProven => Joined is { Proof: { BaseFailed: > 0, CandidatePassed: > 0 } };

    /// <summary>True when another scenario asks the same.</summary>
    public bool IsDuplicate => Joined?.DuplicateOf is not null;

    internal CorpusEntry Saw(string commit, SeenScenario seen) => this with
    {
        Commit = commit,
        Live = Sum(Live, seen),
        OnCommit = commit == Commit ? Sum(OnCommit, seen) : seen,
        Steady = Quarantine is not null && seen.Passed == seen.Trials ? Steady + seen.Trials : 0,
    };

    private static SeenScenario Sum(SeenScenario one, SeenScenario other) => one with { Passed = one.Passed + other.Passed, Trials = one.Trials + other.Trials };
}
