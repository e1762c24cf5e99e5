using System.Text.Json;

namespace Moss.CodingAgents.Providers.OpenCode;

/// <summary>The events of <c>opencode run --format json</c>. It has none for the whole run: the last step that stops of itself ends it well.</summary>
internal static class OpenCodeEvents
{
    public static EventStory Tell(IReadOnlyList<JsonElement> events) => events.Aggregate(new EventStory(), Add);

    private static EventStory Add(EventStory story, JsonElement line) => line.Text("type") switch
    {
        "text" => story with { Text = line.Member("part")?.Text("text") ?? story.Text },
        "step_start" => story with { Succeeded = false, Session = line.Text("sessionID") ?? story.Session },
        "step_finish" => story with
        {
            Succeeded = story.Problem is null && line.Member("part")?.Text("reason") == "stop",
            Cost = Sum(story.Cost, line.Member("part", "tokens")),
        },
        "error" => story with
        {
            Succeeded = false,
            Problem = line.Member("error", "data")?.Text("message") ?? line.Member("error")?.Text("name") ?? "an error without words",
            Status = line.Member("error", "data", "statusCode") is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var status) ? status : story.Status,
        },
        _ => story,
    };

    private static AgentCost Sum(AgentCost cost, JsonElement? tokens) => new(
        0, cost.TokensIn + tokens.Count("input") + tokens.Count("cache", "read") + tokens.Count("cache", "write"),
        cost.TokensOut + tokens.Count("output") + tokens.Count("reasoning"), Estimated: true);
}
