using System.Text.Json;

namespace Moss.CodingAgents.Providers.Claude;

/// <summary>
/// The events of <c>claude -p --output-format stream-json</c>, and of Qwen Code, which prints the same. The subtype says success when
/// its model failed it too: <c>is_error</c> counts.
/// </summary>
internal static class ClaudeEvents
{
    public static EventStory Tell(IReadOnlyList<JsonElement> events) => events.Aggregate(new EventStory(), Add);

    private static EventStory Add(EventStory story, JsonElement line) => (line.Text("type"), line.Text("subtype")) switch
    {
        ("system", "api_retry") => story with { Status = Status(line, "error_status") ?? story.Status },
        ("result", var ending) => Ended(story, line, ending ?? ""),
        _ => story,
    };

    private static EventStory Ended(EventStory story, JsonElement line, string ending)
    {
        var succeeded = ending == "success" && line.Member("is_error") is { ValueKind: JsonValueKind.False };
        var usage = line.Member("usage");
        var dollars = line.Member("total_cost_usd") is { ValueKind: JsonValueKind.Number } cost && cost.TryGetDecimal(out var money) && money >= 0 ? money : (decimal?)null;
        // Anthropic's counts leave out what was read from a cache or written to one; Qwen's do not.
        var cached = line.Member("total_cost_usd") is null ? 0 : usage.Count("cache_read_input_tokens") + usage.Count("cache_creation_input_tokens");
        return story with
        {
            Succeeded = succeeded,
            Session = line.Text("session_id"),
            Text = line.Text("result") ?? "",
            Report = (line.Member("structured_output") ?? line.Member("structured_result")) is { ValueKind: JsonValueKind.Object } report ? report.GetRawText() : null,
            Cost = new(dollars ?? 0, usage.Count("input_tokens") + cached, usage.Count("output_tokens"), Estimated: dollars is null),
            Problem = succeeded ? null : Problem(line, ending),
            Status = succeeded ? null : Status(line, "api_error_status") ?? story.Status,
        };
    }

    private static string Problem(JsonElement line, string ending)
    {
        var words = line.Member("error")?.Text("message")
            ?? (line.Items("errors").FirstOrDefault() is { ValueKind: JsonValueKind.String } first ? first.GetString() : null)
            ?? line.Text("result");
        return ending is "" or "success" ? words ?? "" : $"{ending} {words}".TrimEnd();
    }

    private static int? Status(JsonElement line, string name) =>
        line.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var status) ? status : null;
}
