using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Moss.Replays.Json;

/// <summary>
/// One value in a JSON document: <c>$</c>, then any number of <c>.name</c>, <c>['any name']</c> and <c>[0]</c>; a negative
/// index counts from the end. No wildcards: a keypoint is about one value.
/// </summary>
public sealed class JsonPath
{
    private readonly ImmutableArray<Step> steps;

    private JsonPath(string text, ImmutableArray<Step> steps) => (Text, this.steps) = (text, steps);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Reads a path; null with a <paramref name="problem"/> when it is not one.</summary>
    public static JsonPath? TryParse(string text, out string problem)
    {
        problem = "";
        if (!text.StartsWith('$'))
        {
            problem = "must begin with $";
            return null;
        }

        var steps = ImmutableArray.CreateBuilder<Step>();
        var at = 1;
        while (at < text.Length)
        {
            Step? step = text[at] switch
            {
                '.' => Name(text, ref at),
                '[' when at + 1 < text.Length && text[at + 1] is '\'' or '"' => Quoted(text, ref at),
                '[' => Index(text, ref at),
                _ => null,
            };
            if (step is null)
            {
                problem = string.Create(CultureInfo.InvariantCulture, $"cannot be read at character {at + 1}; write $.name, ['any name'] or [0]");
                return null;
            }

            steps.Add(step);
        }

        return new(text, steps.ToImmutable());
    }

    /// <summary>Looks the value up.</summary>
    public JsonSelection Select(JsonNode? root)
    {
        var value = root;
        var walked = new StringBuilder("$");
        foreach (var step in steps)
        {
            walked.Append(step);
            if (!step.TryTake(value, out value))
            {
                return new JsonSelection.Missing(walked.ToString());
            }
        }

        return new JsonSelection.Found(value);
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static Step.Member? Name(string text, ref int at)
    {
        var start = at + 1;
        var end = start;
        while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_' or '-'))
        {
            end++;
        }

        at = end > start ? end : at;
        return end > start ? new Step.Member(text[start..end]) : null;
    }

    private static Step.Member? Quoted(string text, ref int at)
    {
        var quote = text[at + 1];
        var name = new StringBuilder();
        var next = at + 2;
        for (; next < text.Length && text[next] != quote; next++)
        {
            if (text[next] == '\\' && next + 1 < text.Length)
            {
                next++;
            }

            name.Append(text[next]);
        }

        if (next + 1 >= text.Length || text[next + 1] != ']')
        {
            return null;
        }

        at = next + 2;
        return new Step.Member(name.ToString());
    }

    private static Step.Element? Index(string text, ref int at)
    {
        var end = text.IndexOf(']', at);
        if (end < 0 || !int.TryParse(text.AsSpan(at + 1, end - at - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        at = end + 1;
        return new Step.Element(index);
    }

    private abstract record Step
    {
        public abstract bool TryTake(JsonNode? from, out JsonNode? value);

        public sealed record Member(string Name) : Step
        {
            public override bool TryTake(JsonNode? from, out JsonNode? value)
            {
                value = null;
                return from is JsonObject json && json.TryGetPropertyValue(Name, out value);
            }

            public override string ToString() => $"['{Name}']";
        }

        public sealed record Element(int Index) : Step
        {
            public override bool TryTake(JsonNode? from, out JsonNode? value)
            {
                value = null;
                if (from is not JsonArray list)
                {
                    return false;
                }

                var index = Index < 0 ? list.Count + Index : Index;
                if (index < 0 || index >= list.Count)
                {
                    return false;
                }

                value = list[index];
                return true;
            }

            public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Index}]");
        }
    }
}

/// <summary>What a path leads to.</summary>
public abstract record JsonSelection
{
    private JsonSelection() { }

    /// <summary>A value, which may be JSON's null.</summary>
    public sealed record Found(JsonNode? Value) : JsonSelection;

    /// <summary>Nothing; <paramref name="At"/> is the first part of the path that is not there.</summary>
    public sealed record Missing(string At) : JsonSelection;
}
