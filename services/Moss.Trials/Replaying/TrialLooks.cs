using System.Collections.Immutable;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;

namespace Moss.Trials.Replaying;

/// <summary>Runs the trials of a candidate in steps, and after each only what can still change the answer.</summary>
internal sealed class TrialLooks(TrialFleet fleet)
{
    /// <summary>All reports, step by step, each in the order of its plan.</summary>
    /// <param name="stage">Of a candidate, with the error rate that it may spend.</param>
    /// <param name="finished">Called after each, with how many have ended.</param>
    /// <param name="cancellationToken">Ends it; what has ended stays kept.</param>
    public async Task<TrialReport[]> RunAsync(RunTrials stage, Func<TrialReport, int, Task> finished, CancellationToken cancellationToken)
    {
        ImmutableArray<TrialPlanRow> plan = [.. stage.Rows.Select(row => new TrialPlanRow(row.Scenario, Enum.Parse<Suite>(row.Suite), row.Trials, row.Later))];
        var reports = new List<TrialReport>();
        while (TrialCourse.Next(plan, [.. reports.Select(ResultOf)], Math.Max(1, stage.TrialsPerScenario), stage.Alpha!.Value) is NextTrials.Upto next)
        {
            var (before, ended) = (reports.Count, reports.Select(report => (report.Scenario, report.Index)).ToHashSet());
            TrialRow[] rows = [.. next.Rows.Select(row => new TrialRow(row.Scenario, row.Suite.ToString(), row.Trials))];
            reports.AddRange(await fleet.RunAsync(
                stage, [.. TrialPlan.Paired(rows).Where(trial => !ended.Contains((trial.Scenario, trial.Index)))],
                (report, done) => finished(report, before + done), cancellationToken));
        }

        return [.. reports];
    }

    /// <summary>What a look needs of a report.</summary>
    private static TrialResult ResultOf(TrialReport report) => new(
        report.Scenario, Enum.Parse<Suite>(report.Suite), Enum.Parse<Arm>(report.Arm), report.Index, Enum.Parse<TrialOutcome>(report.Outcome), report.Score, []);
}
