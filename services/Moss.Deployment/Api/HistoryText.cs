using System.Text.Json;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Api;

/// <summary>Events as rows for people.</summary>
internal static class HistoryText
{
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
            _ => ((string?)null, (string?)null),
        };
        return new HistoryEntry(happened.At, JsonNamingPolicy.CamelCase.ConvertName(happened.GetType().Name), commit, detail);
    }

    public static string Word(Enum value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static string Closed(PromotionClosed e)
    {
        var outcome = e.Outcome is { } known ? Word(known) : "not begun";
        return e.Reason.Length == 0 ? outcome : $"{outcome}: {e.Reason}";
    }
}
