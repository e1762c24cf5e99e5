using System.Text.Json;

namespace Moss.CodingAgents.Providers.Codex;

/// <summary>The events of <c>codex exec --json</c>. An <c>error</c> is often only a warning: what ends a turn is what counts.</summary>
internal static class CodexEvents
{
    public static EventStory Tell(IReadOnlyList<JsonElement> events) => events.Aggregate(new EventStory(), Add);

    private static EventStory Add(EventStory story, JsonElement line) => line.Text("type") switch
    {
        "thread.started" => story with { Session = line.Text("thread_id") },
        "item.completed" when line.Member("item") is { } item && item.Text("type") == "agent_message" => story with { Text = item.Text("text") ?? "" },
        "turn.completed" => story with
        {
            Succeeded = true,
            Cost = new(0, line.Member("usage").Count("input_tokens"), line.Member("usage").Count("output_tokens"), Estimated: true),
        },
        "turn.failed" => story with { Succeeded = false, Problem = line.Member("error")?.Text("message") ?? story.Problem },
        "error" => story with { Problem = line.Text("message") ?? story.Problem },
        _ => story,
    };
}
