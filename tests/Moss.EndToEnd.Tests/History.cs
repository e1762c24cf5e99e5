using System.Text.Json;
using Moss.Cli.Api;

namespace Moss.EndToEnd.Tests;

/// <summary>What a timeline says of who did what how often.</summary>
internal static class History
{
    private static readonly string[] Asked = ["evolution.stage-requested.v1"];

    public static IReadOnlyList<string> Names(this IReadOnlyList<TimelineEntry> timeline) => [.. timeline.Select(entry => entry.Name)];

    /// <summary>Keys of the stages that were asked for, in order, as text.</summary>
    public static IReadOnlyList<string> Stages(this IReadOnlyList<TimelineEntry> timeline) =>
        [.. timeline.Where(entry => Asked.Contains(entry.Name)).Select(entry => KeyOf(entry)!)];

    /// <summary>Everything that a stage put down, a line for each: its key and the kind of event.</summary>
    public static IReadOnlyList<string> Answers(this IReadOnlyList<TimelineEntry> timeline) =>
        [.. timeline.Where(entry => !Asked.Contains(entry.Name) && KeyOf(entry) is not null).Select(entry => $"{KeyOf(entry)} {entry.Name}")];

    private static string? KeyOf(TimelineEntry entry) => entry.Data.TryGetProperty("key", out var key) && key.ValueKind == JsonValueKind.Object
        ? $"{key.GetProperty("evolution").GetGuid():n}.i{key.GetProperty("iteration")}.{key.GetProperty("stage").GetString()!.ToLowerInvariant()}.r{key.GetProperty("round")}"
        : null;
}
