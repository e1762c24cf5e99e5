using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Moss.Replays.Json;

namespace Moss.Replays.Reading;

/// <summary>Reads one scenario file. Pure; every problem of the file is found in one go.</summary>
public static class ScenarioReader
{
    /// <summary>Largest scenario file, bytes.</summary>
    public const int MaximumBytes = 1024 * 1024;

    /// <summary>Most graders of one scenario.</summary>
    public const int MaximumGraders = 100;

    private const int MaximumTags = 20;

    /// <summary>Reads <paramref name="content"/>; <paramref name="file"/> is only named in problems.</summary>
    public static ScenarioReading Read(string file, ReadOnlySpan<byte> content)
    {
        var problems = new ProblemList(file);
        if (content.Length > MaximumBytes)
        {
            problems.Add("$", $"is {content.Length:N0} bytes long", $"Keep a scenario at {MaximumBytes:N0} bytes or less; put large fixtures into a folder of their own");
            return new ScenarioReading.Invalid(problems.All);
        }

        if (!JsonText.TryParse(content, out var json, out var invalid))
        {
            problems.Add("$", invalid, "Save the file as one JSON object in UTF-8");
            return new ScenarioReading.Invalid(problems.All);
        }

        var scenario = Scenario(json, problems);
        return problems.All is { IsEmpty: true } ? new ScenarioReading.Valid(scenario!) : new ScenarioReading.Invalid(problems.All);
    }

    private static Scenario? Scenario(JsonNode? json, ProblemList problems)
    {
        if (ObjectFields.Of(json, "$", problems) is not { } fields)
        {
            return null;
        }

        var id = Id(fields);
        var scenario = new Scenario(
            id, fields.Text("title", "", 200) is { Length: > 0 } title ? title : id, fields.Required("input", "the task, any JSON"), Graders(fields, problems))
        {
            Seed = fields.Integer("seed", 1),
            Clock = Clock(fields),
            Tags = Tags(fields),
        };
        fields.RefuseOthers();
        return scenario;
    }

    private static string Id(ObjectFields fields)
    {
        var id = fields.RequiredText("id", "refund-twice");
        if (id.Length > 0 && !ScenarioId.IsValid(id))
        {
            fields.Problem("id", $"is '{JsonText.Cut(id, 90)}'", ScenarioId.Rule);
        }

        return id;
    }

    private static string? Clock(ObjectFields fields)
    {
        var clock = fields.Text("clock", null, 40);
        if (clock is not null && !DateTimeOffset.TryParseExact(
            clock, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
        {
            fields.Problem("clock", $"is '{clock}'", "Write a time in ISO 8601, such as \"2026-01-05T09:00:00Z\"");
        }

        return clock;
    }

    private static ImmutableArray<string> Tags(ObjectFields fields)
    {
        var tags = fields.Texts("tags", "[\"refunds\"]");
        if (tags.Length > MaximumTags)
        {
            fields.Problem("tags", $"has {tags.Length} entries", $"Keep at most {MaximumTags}");
        }

        return tags;
    }

    private static ImmutableArray<Grader> Graders(ObjectFields fields, ProblemList problems)
    {
        const string Example = "Write at least one, such as { \"id\": \"status\", \"kind\": \"jsonPathEquals\", \"path\": \"$.status\", \"value\": \"done\" }";
        if (!fields.TryTake("graders", out var value) || value is not JsonArray { Count: > 0 } list)
        {
            var kind = value switch
            {
                null when !fields.Has("graders") => "is missing: nothing says when the scenario passes",
                JsonArray => "is empty: nothing says when the scenario passes",
                _ => $"is {JsonText.KindOf(value)}, must be a list of graders",
            };
            fields.Problem("graders", kind, Example);
            return [];
        }

        if (list.Count > MaximumGraders)
        {
            fields.Problem("graders", $"has {list.Count} entries", $"Keep at most {MaximumGraders}");
            return [];
        }

        ImmutableArray<Grader> graders = [.. list.Select((grader, index) => GraderReader.Read(grader, $"$.graders[{index}]", problems)).OfType<Grader>()];
        foreach (var twice in graders.Where(grader => grader.Id.Length > 0).GroupBy(grader => grader.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            fields.Problem("graders", $"has the id '{twice.Key}' {twice.Count()} times", "Give each grader an id of its own");
        }

        if (graders.Length == list.Count && !graders.Any(grader => grader.Required))
        {
            fields.Problem("graders", "has no required grader: every trial would pass", "Leave \"required\" out, or true, on at least one");
        }

        return graders;
    }
}
