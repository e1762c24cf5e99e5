using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Moss.Replays.Reading;

/// <summary>Writes scenarios as JSON, UTF-8.</summary>
public static class ScenarioWriter
{
    private static readonly JsonSerializerOptions Shown = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    /// <summary>The whole scenario, graders included, as <see cref="ScenarioReader"/> reads it: for who may know how it is judged.</summary>
    public static byte[] WriteFull(Scenario scenario)
    {
        var json = Task(scenario);
        json["tags"] = new JsonArray([.. scenario.Tags.Select(tag => JsonValue.Create(tag))]);
        json["graders"] = new JsonArray([.. scenario.Graders.Select(Write)]);
        return JsonSerializer.SerializeToUtf8Bytes(json, Shown);
    }

    /// <summary>What a trial gets to see: id, title, input, seed and clock.</summary>
    public static byte[] WriteTask(Scenario scenario) => JsonSerializer.SerializeToUtf8Bytes(Task(scenario), Shown);

    private static JsonObject Task(Scenario scenario)
    {
        var json = new JsonObject
        {
            ["id"] = scenario.Id,
            ["title"] = scenario.Title,
            ["input"] = scenario.Input?.DeepClone(),
            ["seed"] = scenario.Seed,
        };
        if (scenario.Clock is not null)
        {
            json["clock"] = scenario.Clock;
        }

        return json;
    }

    private static JsonObject Write(Grader grader)
    {
        var json = new JsonObject { ["id"] = grader.Id };
        foreach (var (name, value) in Own(grader))
        {
            json[name] = value;
        }

        json["weight"] = grader.Weight;
        json["required"] = grader.Required;
        json["target"] = grader.Target.ToString().ToLowerInvariant();
        return json;
    }

    private static IEnumerable<(string Name, JsonNode? Value)> Own(Grader grader) => grader switch
    {
        Grader.Exact exact => [("kind", "exact"), ("value", exact.Value?.DeepClone())],
        Grader.JsonPathEquals equal => [("kind", "jsonPathEquals"), ("path", equal.Path), ("value", equal.Value?.DeepClone())],
        Grader.Regex { Path: { } path } regex => [("kind", "regex"), ("path", path), ("pattern", regex.Pattern), ("absent", regex.Absent)],
        Grader.Regex regex => [("kind", "regex"), ("pattern", regex.Pattern), ("absent", regex.Absent)],
        Grader.Numeric number => [("kind", "numeric"), ("path", number.Path), ("value", number.Value), ("tolerance", number.Tolerance)],
        Grader.Schema schema => [("kind", "schema"), ("path", schema.Path), ("definition", schema.Definition.DeepClone())],
        Grader.Judge judge =>
        [
            ("kind", "judge"), .. judge.Path is { } path ? [("path", path)] : Array.Empty<(string, JsonNode?)>(), ("question", judge.Question),
            ("labels", new JsonArray([.. judge.Labels.Select(label => new JsonObject { ["text"] = label.Text, ["holds"] = label.Holds })])),
        ],
        Grader.Script script => [("kind", "script"), ("command", new JsonArray([.. script.Command.Select(word => JsonValue.Create(word))]))],
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
