using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>Answers to the cases of a question, in their order.</summary>
internal sealed record JavaAnswer(ImmutableArray<string> Names, ImmutableArray<JsonNode> Answers)
{
    /// <summary>Tests, and whether they passed.</summary>
    public IEnumerable<(string Name, bool Passed)> Passed() => Names.Zip(Answers, (name, answer) => (name, answer.GetValue<string>() == "passed"));

    public static JavaAnswer Read(string json)
    {
        var answer = JsonNode.Parse(json)!;
        return new([.. answer["names"]!.AsArray().Select(name => name!.GetValue<string>())], [.. answer["answers"]!.AsArray().Select(value => value!.DeepClone())]);
    }
}

/// <summary>Writes the scenarios of a program. Pure but for the files.</summary>
internal static class JavaScenarios
{
    /// <summary>Of a scenario; it has one for each case where answers need not be equal.</summary>
    private const int MostGraders = 100;

    /// <summary>Failing tests become so many scenarios that six trials, one per scenario and round, are enough for a verdict.</summary>
    private static readonly int[] Groups = [6, 3, 2, 1];

    /// <summary>
    /// What the repair tools saw: each test of the data set, those that fail on the base in scenarios of their own. Tests that the reference
    /// program does not pass in time say nothing of a repair and are left out.
    /// </summary>
    public static void WriteVisible(string folder, string program, JavaAnswer onBase, JavaAnswer onReference)
    {
        var tests = onBase.Passed().Where(test => onReference.Passed().Contains((test.Name, true))).ToList();
        foreach (var (group, number) in Dealt([.. tests.Where(test => !test.Passed).Select(test => test.Name)]).Select((group, place) => (group, place + 1)))
        {
            WriteTests(folder, string.Create(CultureInfo.InvariantCulture, $"failing-{number}"), program, group);
        }

        if (tests.Where(test => test.Passed).Select(test => test.Name).ToImmutableArray() is { IsEmpty: false } passing)
        {
            WriteTests(folder, "passing", program, passing);
        }
    }

    /// <summary>In turn, into the largest of the usual numbers of groups that leaves none empty.</summary>
    public static ImmutableArray<ImmutableArray<string>> Dealt(ImmutableArray<string> tests)
    {
        var groups = Groups.FirstOrDefault(size => size <= tests.Length);
        return [.. Enumerable.Range(0, groups).Select(group => tests.Where((_, place) => place % groups == group).ToImmutableArray())];
    }

    /// <summary>Held out: what the reference program answers. Cases that it cannot answer are left out.</summary>
    /// <returns>How many cases there are.</returns>
    public static int WriteHeldOut(string folder, string scenario, string program, IReadOnlyList<string> cases, JavaAnswer reference)
    {
        var kept = cases.Zip(reference.Answers).Where(pair => IsAnswer(pair.Second)).Take(IsInexact(program) ? MostGraders : cases.Count).ToList();
        if (kept.Count > 0)
        {
            ScenarioFiles.Write(
                folder, $"held-out-{scenario}", $"{program} as the reference answers", new { program, cases = kept.Select(pair => pair.First) }, [],
                IsInexact(program) ? kept.Select(Near) : [new { id = "answers", kind = "jsonPathEquals", path = "$.answers", value = kept.Select(pair => pair.Second) }]);
        }

        return kept.Count;
    }

    private static bool IsInexact(string program) => program == "SQRT";

    private static bool IsAnswer(JsonNode answer) => answer is not JsonValue value || !value.TryGetValue<string>(out var text)
        || !(text.StartsWith("throws ", StringComparison.Ordinal) || text is "hangs" or "not run");

    /// <summary>A root is asked for with a precision, and is right within it: as the data set's own tests have it.</summary>
    private static object Near((string Case, JsonNode Answer) pair, int place) => new
    {
        id = string.Create(CultureInfo.InvariantCulture, $"case-{place + 1}"), kind = "numeric",
        path = string.Create(CultureInfo.InvariantCulture, $"$.answers[{place}]"), value = pair.Answer.GetValue<double>(),
        tolerance = double.Parse(pair.Case.Split('|')[1], CultureInfo.InvariantCulture),
    };

    private static void WriteTests(string folder, string id, string program, ImmutableArray<string> tests) => ScenarioFiles.Write(
        folder, id, $"tests of {program}", new { program, tests }, [ScenarioFiles.Visible],
        [new { id = "tests-pass", kind = "jsonPathEquals", path = "$.answers", value = tests.Select(_ => "passed") }]);
}
