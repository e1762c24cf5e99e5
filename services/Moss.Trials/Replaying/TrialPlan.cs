using System.Collections.Immutable;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;

namespace Moss.Trials.Replaying;

/// <summary>Which trials a stage runs, in the order in which they start. Pure.</summary>
internal static class TrialPlan
{
    /// <summary>Every scenario on the baseline, round by round, so that a disturbance of the machine hits all of them alike.</summary>
    public static ImmutableArray<PlannedTrial> Baseline(IEnumerable<string> scenarios, IReadOnlySet<string> batch, int trials) =>
    [
        .. from index in Enumerable.Range(0, trials)
           from scenario in scenarios
           select new PlannedTrial(scenario, batch.Contains(scenario) ? Suite.Batch : Suite.Corpus, Arm.Baseline, index),
    ];

    /// <summary>
    /// Pairs, round by round. Which arm of a pair goes first alternates with the index, so that neither always finds the machine
    /// as the other left it.
    /// </summary>
    public static ImmutableArray<PlannedTrial> Paired(IReadOnlyList<TrialRow> rows) =>
    [
        .. from index in Enumerable.Range(0, rows.Select(row => row.Trials).DefaultIfEmpty().Max())
           from row in rows
           where index < row.Trials
           from arm in index % 2 == 0 ? BaselineFirst : CandidateFirst
           select new PlannedTrial(row.Scenario, Enum.Parse<Suite>(row.Suite), arm, index),
    ];

    private static readonly ImmutableArray<Arm> BaselineFirst = [Arm.Baseline, Arm.Candidate];
    private static readonly ImmutableArray<Arm> CandidateFirst = [Arm.Candidate, Arm.Baseline];
}

/// <summary>One trial that shall run; with lines it shows what of the source it runs, and counts for no verdict.</summary>
internal sealed record PlannedTrial(string Scenario, Suite Suite, Arm Arm, int Index, bool WithLines = false);
