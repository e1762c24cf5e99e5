using System.Globalization;
using System.Text.Json;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.Substrates;

namespace Moss.Deployment.Api;

/// <summary>Events as rows for people.</summary>
internal static class HistoryText
{
    /// <param name="happened">An event of a deployment or of a promotion.</param>
    public static HistoryEntry Of(object happened) => happened is PromotionEvent promotion ? Of(promotion) : Of((DeploymentEvent)happened);

    public static HistoryEntry Of(DeploymentEvent happened)
    {
        var (commit, detail) = happened switch
        {
            InstanceStartRequested e => (e.Instance.Version.Commit, Word(e.Cause)),
            InstanceStartFailed e => (null, e.Reason),
            InstanceServing e => (e.Instance.Version.Commit, Word(e.Cause)),
            InstanceStopRequested e => (null, e.Actor),
            LastKnownGoodKept e => (e.Version.Commit, null),
            PromotionOpened e => (null, e.Evolution.ToString("n")),
            PromotionClosed e => (e.Commit, Closed(e)),
            WatchStarted e => (e.Version.Commit, $"for {DurationText.Write(e.Terms.For)}"),
            WatchRead e => (null, string.Join("; ", e.Metrics.Select(Row))),
            RecurrenceSeen e => (null, $"{e.Scenario}, evidence {e.Evidence:n}"),
            WatchExtended e => (null, e.Reason),
            WatchEnded e => (null, $"{Word(e.Outcome)}: {e.Reason}"),
            ProductionRollbackDecided e => (e.Failing.Version.Commit, $"by {e.By}: {e.Reason}"),
            BranchReverted e => (e.Commit, e.Branch),
            BranchNotReverted e => (null, $"{e.Branch}: {e.Reason}"),
            ProductionRolledBack e => (e.LastKnownGood, e.Trouble ?? e.Reason),
            _ => ((string?)null, (string?)null),
        };
        return new HistoryEntry(happened.At, JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name), commit, detail);
    }

    public static HistoryEntry Of(PromotionEvent happened)
    {
        var (commit, detail) = happened switch
        {
            PromotionDeclined e => (null, $"{e.Ground}: {e.Reason}"),
            PromotionPlanned e => (e.Plan.Candidate.Version.Commit, e.Plan.Evolution.ToString("n") + Rehearsed(e.Plan)),
            PromotionAbandoned e => (null, $"{e.Ground}: {e.Reason}"),
            LastKnownGoodRecorded e => (e.Version.Commit, null),
            StartRequested e => (null, Word(e.Arm)),
            Started { Process.Container: { } container } e => (null, $"{Word(e.Arm)}, container {container}"),
            Started e => (null, $"{Word(e.Arm)}, pid {e.Process.Pid}"),
            StartFailed e => (null, $"{Word(e.Arm)}: {e.Reason}"),
            Probed e => (null, $"{Word(e.Arm)}, round {e.Round.Round} {(e.Round.Passed ? "passed" : "failed")}: {e.Round.Detail}"),
            ProbingResumed e => (null, Word(e.Arm)),
            CandidateAccepted e => (null, string.Create(CultureInfo.InvariantCulture, $"after {e.DowntimeSeconds:0.00} s without service")),
            ServingRecorded e => (null, Word(e.Arm)),
            BranchPublished e => (e.Commit, e.Branch),
            BranchNotPublished e => (null, $"{e.Branch}: {e.Reason}"),
            RollbackDecided e => (null, e.Reason),
            OperatorNeeded e => (null, e.Reason),
            _ => ((string?)null, (string?)null),
        };
        return new HistoryEntry(happened.At, JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name), commit, detail);
    }

    public static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Rehearsed(PromotionPlan plan) => plan.Rehearsed switch
    {
        RehearsalFinding.Readable => ", rehearsed: the version before reads what the new one writes",
        RehearsalFinding.Unreadable => ", rehearsed: the version before cannot read what the new one writes, so each way back puts the copy of the state back",
        _ => "",
    };

    private static string Row(MetricTally tally) => tally.Trouble is { } trouble
        ? $"{tally.Name}: {trouble}"
        : string.Create(CultureInfo.InvariantCulture, $"{tally.Name}: {tally.Failures:0} of {tally.Total:0} failed");

    private static string Closed(PromotionClosed e)
    {
        var outcome = e.Outcome is { } known ? Word(known) : "not begun";
        return e.Reason.Length == 0 ? outcome : $"{outcome}: {e.Reason}";
    }
}
