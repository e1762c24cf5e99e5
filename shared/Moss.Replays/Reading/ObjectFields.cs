using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Replays.Json;

namespace Moss.Replays.Reading;

/// <summary>The members of one JSON object, taken by name and type; what nobody took is a problem, so that a typing error is found.</summary>
internal sealed class ObjectFields
{
    private readonly JsonObject json;
    private readonly string path;
    private readonly ProblemList problems;
    private readonly List<string> known = [];

    private ObjectFields(JsonObject json, string path, ProblemList problems) => (this.json, this.path, this.problems) = (json, path, problems);

    public static ObjectFields? Of(JsonNode? json, string path, ProblemList problems)
    {
        if (json is JsonObject fields)
        {
            return new(fields, path, problems);
        }

        problems.Add(path, $"is {JsonText.KindOf(json)}, must be an object", "Write { … }");
        return null;
    }

    public void Problem(string name, string problem, string fix) => problems.Add($"{path}.{name}", problem, fix);

    public bool Has(string name) => json.ContainsKey(name);

    public bool TryTake(string name, out JsonNode? value)
    {
        known.Add(name);
        return json.TryGetPropertyValue(name, out value);
    }

    public JsonNode? Required(string name, string what)
    {
        if (!TryTake(name, out var value))
        {
            Problem(name, "is missing", $"Write \"{name}\": {what}");
        }

        return value;
    }

    public string RequiredText(string name, string example)
    {
        if (!Has(name))
        {
            known.Add(name);
            Problem(name, "is missing", $"Write \"{name}\": \"{example}\"");
            return "";
        }

        var text = Text(name, null, int.MaxValue);
        if (text is { Length: 0 })
        {
            Problem(name, "is empty", $"Write \"{name}\": \"{example}\"");
        }

        return text ?? "";
    }

    public string? Text(string name, string? otherwise, int maximum)
    {
        if (!TryTake(name, out var value))
        {
            return otherwise;
        }

        if (value?.GetValueKind() != JsonValueKind.String)
        {
            Problem(name, $"is {JsonText.KindOf(value)}, must be a text", "Put it in double quotes");
            return otherwise;
        }

        var text = value.GetValue<string>();
        if (text.Length > maximum)
        {
            Problem(name, $"has {text.Length} characters", $"Keep it at {maximum} or fewer");
        }

        return text;
    }

    public int Integer(string name, int otherwise)
    {
        if (!TryTake(name, out var value))
        {
            return otherwise;
        }

        if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<int>(out var integer))
        {
            return integer;
        }

        Problem(name, $"is {JsonText.Show(value, 40)}, must be a whole number of 32 bits", $"Write \"{name}\": {otherwise}");
        return otherwise;
    }

    /// <param name="name">Member.</param>
    /// <param name="otherwise">When it is not there; null when it must be.</param>
    /// <param name="accept">Whether a finite number will do.</param>
    /// <param name="rule">What will do, in words.</param>
    public double Number(string name, double? otherwise, Func<double, bool> accept, string rule)
    {
        if (!TryTake(name, out var value))
        {
            if (otherwise is null)
            {
                Problem(name, "is missing", $"Write {rule}");
            }

            return otherwise ?? 0;
        }

        if (value is JsonValue json && json.GetValueKind() == JsonValueKind.Number && json.TryGetValue<double>(out var number) && double.IsFinite(number) && accept(number))
        {
            return number;
        }

        Problem(name, $"is {JsonText.Show(value, 40)}, must be {rule}", $"Write {rule}");
        return otherwise ?? 0;
    }

    public bool Flag(string name, bool otherwise)
    {
        if (!TryTake(name, out var value))
        {
            return otherwise;
        }

        if (value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetValue<bool>();
        }

        Problem(name, $"is {JsonText.KindOf(value)}, must be true or false", $"Write \"{name}\": {(otherwise ? "true" : "false")}");
        return otherwise;
    }

    public ImmutableArray<string> Texts(string name, string example)
    {
        if (!TryTake(name, out var value))
        {
            return [];
        }

        if (value is JsonArray list && list.All(entry => entry?.GetValueKind() == JsonValueKind.String))
        {
            return [.. list.Select(entry => entry!.GetValue<string>())];
        }

        Problem(name, $"is {(value is JsonArray ? "a list with other things than texts" : JsonText.KindOf(value))}, must be a list of texts", $"Write \"{name}\": {example}");
        return [];
    }

    public void RefuseOthers()
    {
        foreach (var (name, _) in json.Where(member => !known.Contains(member.Key)))
        {
            Problem(JsonText.Cut(name, 40), "is not known here", $"Remove it, or use one of {string.Join(", ", known)}");
        }
    }
}
