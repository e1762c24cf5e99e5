using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Moss.Replays.Json;

/// <summary>
/// A JSON Schema of the subset that <c>docs/scenarios.md</c> lists. A keyword outside it is refused when the schema is read,
/// so that no rule is silently not checked.
/// </summary>
public sealed class JsonSchema
{
    private readonly ImmutableArray<Rule> rules;

    internal JsonSchema(ImmutableArray<Rule> rules) => this.rules = rules;

    /// <summary>One rule: the first fault in the value, or null.</summary>
    internal delegate SchemaFault? Rule(JsonNode? value, string path);

    /// <summary>Reads a schema; null with every problem when it cannot be used.</summary>
    public static JsonSchema? TryParse(JsonNode? definition, out ImmutableArray<SchemaFault> problems)
    {
        var reader = new JsonSchemaReader();
        var schema = reader.Read(definition, "$");
        problems = reader.Problems;
        return problems.IsEmpty ? schema : null;
    }

    /// <summary>The first fault in the value, null when it fits.</summary>
    public SchemaFault? Check(JsonNode? value) => Check(value, "$");

    internal SchemaFault? Check(JsonNode? value, string path)
    {
        foreach (var rule in rules)
        {
            if (rule(value, path) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }
}

/// <summary>What is wrong and where.</summary>
/// <param name="Path">JSON path.</param>
/// <param name="Problem">Begins with a verb: <c>is a text, must be a number</c>.</param>
public sealed record SchemaFault(string Path, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path} {Problem}";
}
