using System.Text.Json;
using Moss.Cli.Api;

namespace Moss.Cli.Output;

/// <summary>A line for people about an event of an evolution; null for those that say nothing to them.</summary>
internal static class Story
{
    public static string? Tell(TimelineEntry entry)
    {
        var data = entry.Data;
        return entry.Name switch
        {
            "evolution.started.v1" => $"evolution {Text(data, "evolution")} of {Text(data, "substrate")} at {Short(Text(data, "baseCommit"))}, depth {Text(data, "depth")}",
            "evolution.stage-requested.v1" => Stage(data),
            "evolution.baseline-measured.v1" => $"  {data.GetProperty("trials").GetArrayLength()} trials of the live version",
            "evolution.fault-located.v1" => $"  {Text(data, "failureClass")}: {Text(data, "summary")}",
            "evolution.plan-drafted.v1" => $"  {Text(data, "summary")}",
            "evolution.plan-rejected.v1" or "evolution.change-rejected.v1" => $"  rejected: {Text(data, "reason")}",
            "evolution.plan-approved.v1" or "evolution.change-approved.v1" => $"  approved: {Text(data, "reason")}",
            "evolution.change-committed.v1" => Change(data.GetProperty("change")),
            "evolution.change-refused.v1" => $"  refused ({Text(data, "ground")}): {Text(data, "reason")}",
            "evolution.candidate-refused.v1" => $"  {Text(data, "step")} failed: {Text(data, "reason")}",
            "evolution.trials-completed.v1" => $"  {data.GetProperty("trials").GetArrayLength()} trials of both versions",
            "evolution.iteration-ruled.v1" => $"verdict of iteration {Text(data, "iteration")}: {Text(data, "verdict")}: {Text(data, "detail")}",
            "evolution.role-failed.v1" => $"  no usable answer: {Text(data, "reason")}",
            "evolution.stage-broken.v1" => $"  broke: {Text(data, "reason")}",
            "evolution.consent-requested.v1" => $"waiting for consent to {Short(Text(data, "commit"))}",
            "evolution.consent-signed.v1" => $"  {Text(data, "approver")} signs",
            "evolution.consent-given.v1" => $"  {Text(data, "approver")} consents",
            "evolution.candidate-promoted.v1" => $"  serves now; downtime {Text(data, "downtimeSeconds")} s",
            "evolution.promotion-rolled-back.v1" => $"  rolled back to {Short(Text(data, "lastKnownGood"))}: {Text(data, "reason")}",
            "evolution.rolled-back-in-production.v1" => $"rolled back in production to {Short(Text(data, "lastKnownGood"))} by {Text(data, "by")}: {Text(data, "reason")}",
            "evolution.promotion-refused.v1" => $"  promotion refused: {Text(data, "reason")}",
            "evolution.change-rebased.v1" => $"  moved onto what serves:{Change(data.GetProperty("change"))[1..]}",
            "evolution.rebase-refused.v1" => $"  cannot be moved onto what serves: {Text(data, "reason")}",
            "evolution.ended.v1" => $"ended: {Text(data, "verdict")}: {Text(data, "reason")}",
            _ => null,
        };
    }

    private static string Stage(JsonElement data)
    {
        var key = data.GetProperty("key");
        var round = key.GetProperty("round").GetInt32();
        return $"[{Text(key, "iteration")}] {Text(key, "stage")}{(round > 1 ? $", round {round}" : "")}";
    }

    private static string Change(JsonElement change) =>
        $"  {Short(Text(change, "commit"))} {Text(change, "summary")} (+{Text(change, "insertions")} -{Text(change, "deletions")})";

    private static string Text(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static string Short(string hash) => hash[..Math.Min(8, hash.Length)];
}
