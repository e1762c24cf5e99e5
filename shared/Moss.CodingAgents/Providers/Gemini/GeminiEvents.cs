using System.Text.Json;

namespace Moss.CodingAgents.Providers.Gemini;

/// <summary>The events of <c>gemini -o stream-json</c>. Its exit code is 0 when it was stopped too, and then there is no result.</summary>
internal static class GeminiEvents
{
    public static EventStory Tell(IReadOnlyList<JsonElement> events) => events.Aggregate(new EventStory(), Add);

    private static EventStory Add(EventStory story, JsonElement line) => line.Text("type") switch
    {
        "init" => story with { Session = line.Text("session_id") },
        "message" when line.Text("role") == "assistant" => story with { Text = story.Text + line.Text("content") },
        // What it says between its tools is not part of what it says at the end.
        "tool_use" => story with { Text = "" },
        "result" => story with
        {
            Succeeded = line.Text("status") == "success",
            Problem = line.Member("error")?.Text("message") ?? story.Problem,
            Cost = new(0, line.Member("stats").Count("input_tokens"), line.Member("stats").Count("output_tokens"), Estimated: true),
        },
        "error" => story with { Problem = line.Text("message") ?? story.Problem },
        _ => story,
    };
}
