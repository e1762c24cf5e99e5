using System.Collections.Immutable;
using Moss.Contracts;
using Moss.Domain.Judgement;
using Moss.Replays;

namespace Moss.Trials.Replaying;

/// <summary>The trials of one stage and what they run on.</summary>
/// <param name="Stage">Which stage.</param>
/// <param name="Substrate">At the base commit: declaration, scenarios and graders come from here for both arms.</param>
/// <param name="Sources">What each arm that is tried runs on.</param>
/// <param name="Plan">In the order in which they start.</param>
internal sealed record StageTrials(
    StageReference Stage, LoadedSubstrate Substrate, ImmutableDictionary<Arm, ReplaySource> Sources, ImmutableArray<PlannedTrial> Plan);

/// <summary>What a trial left, for people: kept as an artifact.</summary>
internal sealed record TrialTrace(
    string Scenario, string Arm, int Index, int Seed, string Outcome, double Score, string Note, double Seconds, ReplayTrace Left);
