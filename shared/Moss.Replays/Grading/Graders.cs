using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Domain.Judgement;
using Moss.Replays.Json;

namespace Moss.Replays.Grading;

/// <summary>What graders say. Pure: the same remains always get the same score.</summary>
public static class Graders
{
    /// <summary>Grades with one grader that looks at data alone; scripts need a sandbox, and judges a model: both are refused.</summary>
    public static KeypointResult Grade(Grader grader, TrialRemains remains) => grader switch
    {
        Grader.Exact exact => Exact(exact, remains),
        Grader.JsonPathEquals equal => AtPath(equal, equal.Path, remains, value =>
            JsonNode.DeepEquals(value, equal.Value) ? null : $"{equal.Path} is {JsonText.Show(value)}, expected {JsonText.Show(equal.Value)}"),
        Grader.Regex { Path: { } path } regex => AtPath(regex, path, remains, value => Matches(regex, JsonText.Write(value, bare: true), path)),
        Grader.Regex regex => Of(regex, Matches(regex, remains.TextOf(regex.Target), Name(regex.Target))),
        Grader.Numeric number => AtPath(number, number.Path, remains, value => Near(number, value)),
        Grader.Schema schema => AtPath(schema, schema.Path, remains, value => Fits(schema, value)),
        _ => throw new ArgumentException($"{grader.GetType().Name} is not graded by data alone", nameof(grader)),
    };

    /// <summary>A row per grader, all missing for one reason: the trial gave nothing to grade.</summary>
    public static ImmutableArray<KeypointResult> Nothing(ImmutableArray<Grader> graders, string reason) =>
        [.. graders.Select(grader => new KeypointResult(grader.Id, 0, reason))];

    /// <summary>Weighted share of the keypoints, 0 to 1. <paramref name="results"/> are in the order of <paramref name="graders"/>.</summary>
    public static double Score(ImmutableArray<Grader> graders, ImmutableArray<KeypointResult> results)
    {
        var shown = graders.Zip(results, (grader, result) => grader.Weight * result.Score).Sum();
        return Math.Clamp(shown / graders.Sum(grader => grader.Weight), 0, 1);
    }

    /// <summary>Whether every required grader is fully satisfied.</summary>
    public static bool Passed(ImmutableArray<Grader> graders, ImmutableArray<KeypointResult> results) =>
        graders.Zip(results).All(pair => !pair.First.Required || pair.Second.Score >= 1);

    private static KeypointResult Exact(Grader.Exact exact, TrialRemains remains)
    {
        if (exact.Target == GraderTarget.Answer)
        {
            return Of(exact, JsonNode.DeepEquals(remains.Answer, exact.Value)
                ? null
                : $"the answer is {JsonText.Show(remains.Answer)}, expected {JsonText.Show(exact.Value)}");
        }

        var expected = JsonText.Write(exact.Value, bare: true);
        return Of(exact, Normal(remains.TextOf(exact.Target)) == Normal(expected) ? null : $"the {Name(exact.Target)} differs from {JsonText.Cut(expected, 80)}");
    }

    private static KeypointResult AtPath(Grader grader, string path, TrialRemains remains, Func<JsonNode?, string?> fault)
    {
        if (!remains.TryJsonOf(grader.Target, out var json, out var invalid))
        {
            return Of(grader, $"the {Name(grader.Target)} {invalid}");
        }

        var selection = (JsonPath.TryParse(path, out var problem) ?? throw new ArgumentException($"{path} {problem}", nameof(path))).Select(json);
        return selection switch
        {
            JsonSelection.Found found => Of(grader, fault(found.Value)),
            JsonSelection.Missing missing => Of(grader, $"there is no {missing.At}"),
            _ => throw new UnreachableException(),
        };
    }

    private static string? Matches(Grader.Regex grader, string text, string where)
    {
        var regex = SafeRegex.TryCreate(grader.Pattern, out var problem) ?? throw new ArgumentException(problem, nameof(grader));
        return (regex.Match(text), grader.Absent) switch
        {
            (null, _) => $"{regex} took longer than {SafeRegex.Limit.TotalSeconds} s",
            (false, false) => $"{where} does not match {regex}",
            (true, true) => $"{where} matches {regex}, which must be absent",
            _ => null,
        };
    }

    private static string? Near(Grader.Numeric grader, JsonNode? value)
    {
        if (value is not JsonValue json || json.GetValueKind() != JsonValueKind.Number || !json.TryGetValue<double>(out var number) || !double.IsFinite(number))
        {
            return $"{grader.Path} is {JsonText.Show(value)}, must be a number";
        }

        // 0.1 + 0.2 is within 0 of 0.3 for every purpose of a grader.
        var slack = Math.Max(Math.Abs(grader.Value), Math.Abs(number)) * 1e-12;
        return Math.Abs(number - grader.Value) <= grader.Tolerance + slack
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{grader.Path} is {JsonText.Show(value)}, expected {grader.Value} ± {grader.Tolerance}");
    }

    private static string? Fits(Grader.Schema grader, JsonNode? value)
    {
        var schema = JsonSchema.TryParse(grader.Definition, out var faults) ?? throw new ArgumentException(faults[0].ToString(), nameof(grader));
        return schema.Check(value)?.ToString();
    }

    private static KeypointResult Of(Grader grader, string? fault) => fault is null ? new(grader.Id, 1) : new(grader.Id, 0, JsonText.Cut(fault, 300));

    private static string Normal(string text) => text.ReplaceLineEndings("\n").Trim();

    private static string Name(GraderTarget target) => target.ToString().ToLowerInvariant();
}
