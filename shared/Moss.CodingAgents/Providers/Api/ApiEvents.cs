using System.Text.Json;

namespace Moss.CodingAgents.Providers.Api;

/// <summary>The events of <c>Moss.AgentTools api</c>. Its last one says how it ended, and whatever stands after that is no part of it.</summary>
internal static class ApiEvents
{
    public static EventStory Tell(IReadOnlyList<JsonElement> events) => events.Aggregate(new EventStory(), Add);

    private static EventStory Add(EventStory story, JsonElement line) => line.Text("type") switch
    {
        "done" when line.Text("text") is { } text => Ended(story, line) with { Succeeded = true, Text = text },
        "failed" => Ended(story, line) with { Problem = line.Text("message") ?? "it failed without saying why", Status = Status(line) },
        _ => story,
    };

    private static EventStory Ended(EventStory story, JsonElement line) => story with
    {
        Succeeded = false,
        Cost = new(0, line.Member("usage").Count("input_tokens"), line.Member("usage").Count("output_tokens"), Estimated: true),
    };

    private static int? Status(JsonElement line) =>
        line.Member("status") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var status) ? status : null;
}
