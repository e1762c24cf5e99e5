using System.Text.Json;
using Moss.ServiceDefaults.Problems;

namespace Moss.Ingestion.Evidence;

/// <summary>Reads one item; every member of it is a text. What is not known is refused: a misspelt field would lose what it holds.</summary>
internal static class ItemReader
{
    private static readonly string[] Fields =
        ["substrate", "scenario", "source", "failure", "sessionId", "userId", "occurredAt", "complaint", "expected", "transcript"];

    private static readonly EvidenceItem Empty = new(null, null, null, null, null, null, null, null, null, null);

    /// <summary>The item as far as it can be read.</summary>
    public static EvidenceItem Read(JsonElement json, string at, List<RequestProblem> problems)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new(at, $"it is {KindOf(json)}, must be an object", $"send an object with the fields {string.Join(", ", Fields)}"));
            return Empty;
        }

        var texts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        DateTimeOffset? occurredAt = null;
        foreach (var member in json.EnumerateObject().Where(member => Known(member.Name, at, problems)))
        {
            var field = $"{at}.{Fields.First(known => known.Equals(member.Name, StringComparison.OrdinalIgnoreCase))}";
            if (Text(member.Value, field, problems) is { } text)
            {
                texts[member.Name] = text;
                occurredAt = field.EndsWith("occurredAt", StringComparison.Ordinal) ? Time(member.Value, text, field, problems) : occurredAt;
            }
        }

        return new(
            texts.GetValueOrDefault("substrate"), texts.GetValueOrDefault("scenario"), texts.GetValueOrDefault("source"),
            texts.GetValueOrDefault("failure"), texts.GetValueOrDefault("sessionId"), texts.GetValueOrDefault("userId"), occurredAt,
            texts.GetValueOrDefault("complaint"), texts.GetValueOrDefault("expected"), texts.GetValueOrDefault("transcript"));
    }

    /// <summary>With its article.</summary>
    public static string KindOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>Shortens what a stranger wrote for a message.</summary>
    public static string Cut(string text) => text.Length <= 60 ? text : text[..60] + "…";

    private static bool Known(string name, string at, List<RequestProblem> problems)
    {
        if (Fields.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        problems.Add(new($"{at}.{Cut(name)}", "it is not a field of evidence", $"remove it, or use one of {string.Join(", ", Fields)}"));
        return false;
    }

    private static string? Text(JsonElement json, string field, List<RequestProblem> problems)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                try
                {
                    return json.GetString();
                }
                catch (InvalidOperationException)
                {
                    problems.Add(new(field, "it holds half of a surrogate pair", "send a text whose \\u escapes are complete"));
                    return null;
                }

            case JsonValueKind.Null:
                return null;
            default:
                problems.Add(new(field, $"it is {KindOf(json)}, must be a text", "send it as one text in double quotes"));
                return null;
        }
    }

    private static DateTimeOffset? Time(JsonElement json, string text, string field, List<RequestProblem> problems)
    {
        var hasOffset = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (hasOffset && json.TryGetDateTimeOffset(out var time))
        {
            return time;
        }

        problems.Add(new(field, $"'{Cut(text)}' is no time with an offset", "send it in ISO 8601, such as 2026-01-05T09:00:00Z"));
        return null;
    }
}
