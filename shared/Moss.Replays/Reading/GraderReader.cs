using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Replays.Json;

namespace Moss.Replays.Reading;

/// <summary>Reads one grader.</summary>
internal static class GraderReader
{
    private const string Kinds = "exact, jsonPathEquals, regex, numeric, schema, script, judge";

    public static Grader? Read(JsonNode? json, string path, ProblemList problems)
    {
        if (ObjectFields.Of(json, path, problems) is not { } fields)
        {
            return null;
        }

        var id = fields.RequiredText("id", "status");
        if (id.Length > 0 && !ScenarioId.IsValid(id))
        {
            fields.Problem("id", $"is '{JsonText.Cut(id, 90)}'", ScenarioId.Rule);
        }

        var target = Target(fields);
        var kind = fields.RequiredText("kind", "jsonPathEquals");
        var grader = kind == "judge"
            ? JudgeReader.Read(id, fields.Has("path") ? Path(fields, null) : null, fields, path, problems)
            : Kind(kind, id, target, fields);
        if (grader is null)
        {
            return null;
        }

        grader = grader with
        {
            Weight = fields.Number("weight", 1, weight => weight is > 0 and <= 1000, "a number above 0, at most 1000"),
            Required = fields.Flag("required", true),
            Target = target,
        };
        fields.RefuseOthers();
        return grader;
    }

    private static Grader? Kind(string kind, string id, GraderTarget target, ObjectFields fields)
    {
        switch (kind)
        {
            case "exact":
                return new Grader.Exact(id, ExactValue(fields, target));
            case "jsonPathEquals":
                return new Grader.JsonPathEquals(id, Path(fields, null), fields.Required("value", "the expected JSON value"));
            case "regex":
                return new Grader.Regex(id, Pattern(fields), fields.Flag("absent", false)) { Path = fields.Has("path") ? Path(fields, null) : null };
            case "numeric":
                return new Grader.Numeric(
                    id, Path(fields, null), fields.Number("value", null, _ => true, "\"value\": the expected number"),
                    fields.Number("tolerance", 0, tolerance => tolerance >= 0, "a number, 0 or more"));
            case "schema":
                return new Grader.Schema(id, Path(fields, "$"), Definition(fields));
            case "script":
                return new Grader.Script(id, Command(fields));
            case "":
                return null;
            default:
                fields.Problem("kind", $"is '{JsonText.Cut(kind, 40)}'", $"Use one of {Kinds}");
                return null;
        }
    }

    private static GraderTarget Target(ObjectFields fields)
    {
        switch (fields.Text("target", "answer", 40))
        {
            case "answer":
                return GraderTarget.Answer;
            case "transcript":
                return GraderTarget.Transcript;
            case "output":
                return GraderTarget.Output;
            case var other:
                fields.Problem("target", $"is '{other}'", "Use one of answer, transcript, output");
                return GraderTarget.Answer;
        }
    }

    private static JsonNode? ExactValue(ObjectFields fields, GraderTarget target)
    {
        var value = fields.Required("value", "the expected JSON value");
        if (target != GraderTarget.Answer && fields.Has("value") && value?.GetValueKind() != JsonValueKind.String)
        {
            fields.Problem("value", $"is {JsonText.KindOf(value)}, but the target is a text", "Write the expected text, or look at the answer");
        }

        return value;
    }

    private static string Path(ObjectFields fields, string? otherwise)
    {
        var path = otherwise is null ? fields.RequiredText("path", "$.status") : fields.Text("path", otherwise, 1000)!;
        if (path.Length > 0 && JsonPath.TryParse(path, out var problem) is null)
        {
            fields.Problem("path", $"'{JsonText.Cut(path, 80)}' {problem}", "Write a path such as $.items[0]['unit price']");
        }

        return path;
    }

    private static string Pattern(ObjectFields fields)
    {
        var pattern = fields.RequiredText("pattern", "refund(ed)?");
        if (pattern.Length > 0 && SafeRegex.TryCreate(pattern, out var problem) is null)
        {
            fields.Problem("pattern", problem, "Write a .NET regular expression; in JSON a backslash is written twice");
        }

        return pattern;
    }

    private static JsonNode Definition(ObjectFields fields)
    {
        var definition = fields.Required("definition", "{ \"type\": \"object\" }");
        if (fields.Has("definition") && JsonSchema.TryParse(definition, out var faults) is null)
        {
            foreach (var fault in faults)
            {
                fields.Problem($"definition{fault.Path[1..]}", fault.Problem, "docs/scenarios.md lists the keywords");
            }
        }

        return definition ?? new JsonObject();
    }

    private static System.Collections.Immutable.ImmutableArray<string> Command(ObjectFields fields)
    {
        var command = fields.Texts("command", "[\"python3\", \"check.py\"]");
        if (command.IsEmpty || command[0].Length == 0)
        {
            fields.Problem("command", "names no program", "Write \"command\": [\"python3\", \"check.py\"]; it runs in the scenario folder");
        }

        return command;
    }
}
