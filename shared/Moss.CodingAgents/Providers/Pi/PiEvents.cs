using System.Text.Json;

namespace Moss.CodingAgents.Providers.Pi;

/// <summary>The events of <c>pi --mode json</c>, which exits with 0 when its model failed it too: why its last message stopped counts.</summary>
internal static class PiEvents
{
    public static EventStory Tell(IReadOnlyList<JsonElement> events) => events.Aggregate(new EventStory(), Add);

    private static EventStory Add(EventStory story, JsonElement line) => line.Text("type") switch
    {
        "session" => story with { Session = line.Text("id") },
        "agent_start" or "turn_start" => story with { Succeeded = false },
        "message_end" when line.Member("message") is { } message && message.Text("role") == "assistant" => Said(story, message),
        "agent_end" => story with { Succeeded = story.Problem is null && line.Items("messages").LastOrDefault() is { ValueKind: JsonValueKind.Object } last && last.Text("stopReason") == "stop" },
        _ => story,
    };

    private static EventStory Said(EventStory story, JsonElement message)
    {
        var usage = message.Member("usage");
        return story with
        {
            Text = string.Concat(message.Items("content").Where(part => part.Text("type") == "text").Select(part => part.Text("text"))),
            Problem = message.Text("stopReason") is "error" or "aborted" ? message.Text("errorMessage") ?? "it stopped without saying why" : null,
            Cost = new(
                0, story.Cost.TokensIn + usage.Count("input") + usage.Count("cacheRead") + usage.Count("cacheWrite"),
                story.Cost.TokensOut + usage.Count("output"), Estimated: true),
        };
    }
}
