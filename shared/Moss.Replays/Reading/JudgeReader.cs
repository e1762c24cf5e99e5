using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Moss.Replays.Json;

namespace Moss.Replays.Reading;

/// <summary>Reads what a grader of the kind <c>judge</c> has of its own.</summary>
internal static class JudgeReader
{
    public const int LeastLabels = 6;
    public const int LeastOfEachKind = 2;
    public const int MostLabels = 50;
    public const int LongestQuestion = 1000;
    public const int LongestLabel = 4000;

    private const string Example = "{ \"text\": \"We are sorry for the delay.\", \"holds\": true }";

    public static Grader.Judge Read(string id, string? path, ObjectFields fields, string at, ProblemList problems)
    {
        var question = fields.RequiredText("question", "Does the answer apologise for the delay?");
        if (question.Length > LongestQuestion)
        {
            fields.Problem("question", Number($"has {question.Length} characters"), Number($"Keep it at {LongestQuestion} or fewer"));
        }

        return new(id, question, Labels(fields, at, problems)) { Path = path };
    }

    private static ImmutableArray<JudgeLabel> Labels(ObjectFields fields, string at, ProblemList problems)
    {
        if (!fields.TryTake("labels", out var value) || value is not JsonArray list)
        {
            var problem = fields.Has("labels") ? $"is {JsonText.KindOf(value)}, must be a list of labels" : "is missing: nothing shows whether the judge is right";
            fields.Problem("labels", problem, Number($"Write at least {LeastLabels}, such as {Example}"));
            return [];
        }

        if (list.Count is < LeastLabels or > MostLabels)
        {
            fields.Problem("labels", Number($"has {list.Count} entries"), Number($"Write {LeastLabels} to {MostLabels} texts with their answer, such as {Example}"));
            return [];
        }

        ImmutableArray<JudgeLabel> labels = [.. list.Select((label, index) => Label(label, Number($"{at}.labels[{index}]"), problems)).OfType<JudgeLabel>()];
        if (labels.Length == list.Count)
        {
            Check(labels, fields);
        }

        return labels;
    }

    private static void Check(ImmutableArray<JudgeLabel> labels, ObjectFields fields)
    {
        foreach (var (holds, word) in new[] { (true, "true"), (false, "false") })
        {
            if (labels.Count(label => label.Holds == holds) is var count and < LeastOfEachKind)
            {
                fields.Problem("labels", Number($"has {count} with \"holds\": {word}"), Number($"Write at least {LeastOfEachKind} of each kind, so that a judge that always says the same is found"));
            }
        }

        if (labels.GroupBy(label => label.Text, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            fields.Problem("labels", Number($"has '{JsonText.Cut(twice.Key, 40)}' {twice.Count()} times"), "Give each label a text of its own");
        }
    }

    private static JudgeLabel? Label(JsonNode? json, string at, ProblemList problems)
    {
        if (ObjectFields.Of(json, at, problems) is not { } fields)
        {
            return null;
        }

        var text = fields.RequiredText("text", "We are sorry for the delay.");
        if (text.Length > LongestLabel)
        {
            fields.Problem("text", Number($"has {text.Length} characters"), Number($"Keep it at {LongestLabel} or fewer"));
        }

        var holds = fields.Required("holds", "true or false");
        if (fields.Has("holds") && holds?.GetValueKind() is not (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False))
        {
            fields.Problem("holds", $"is {JsonText.KindOf(holds)}, must be true or false", "Write \"holds\": true when the answer to the question is yes");
            return null;
        }

        fields.RefuseOthers();
        return fields.Has("holds") ? new(text, holds!.GetValue<bool>()) : null;
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
