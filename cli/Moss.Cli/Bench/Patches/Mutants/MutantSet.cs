using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moss.Cli.Bench.Patches.QuixBugsJava;
using Moss.Cli.Features;

namespace Moss.Cli.Bench.Patches.Mutants;

/// <summary>What was made.</summary>
internal sealed record MutantsMade(int Candidates, int Correct, int Wrong, int DoNotCompile);

/// <summary>
/// A set of one C# exercise: its base has a fault, and the candidates are the right source, other ways to write it, and mutants of it. Each
/// is labelled by everything that the exercise can be asked, compared with what the right source answers; the gate sees a few dozen cases.
/// </summary>
internal sealed class MutantSet(string set, string data, int seed, int atOnce)
{
    public const string Program = "roman-numerals";

    private const string Questions = "questions";
    private const string Right = "0-the-right-one";
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The fault of the base: numerals that end in an exact value lose it.</summary>
    private static readonly (string Right, string Wrong) Fault = ("number >= Values[place]", "number > Values[place]");

    private static readonly string[] Everything = ["all"];
    private static readonly string[] Shown = ["write 1", "write 4", "write 9", "write 14", "write 40", "write 1990", "read I", "read IV", "read XIV", "read MCMXC"];
    private static readonly string[] Edges = ["write 0", "write -1", "write 1", "write 3999", "write 4000", "read IIII", "read A", "read VX", "read MMMM", "read MMMCMXCIX"];

    public async Task<MutantsMade> RunAsync(CancellationToken cancellationToken)
    {
        var right = PatchResources.Read("RomanNumerals.cs");
        ImmutableArray<Mutant> candidates = [new(Right, right), .. Rewriter.Of(right), .. Mutator.Of(right)];
        var scenarios = Scenarios();
        var answers = await AskAsync("right", right, [candidates[0]], scenarios.Add("everything", Everything), cancellationToken);
        foreach (var (asked, answer) in await AskAsync("labels", right, candidates[1..], ImmutableSortedDictionary<string, string[]>.Empty.Add("everything", Everything), cancellationToken))
        {
            answers[asked] = answer;
        }

        if (!answers.TryGetValue((Right, "everything"), out var everything) || everything.Outcome != "Passed")
        {
            throw new LocalFailureException("the exercise gave no answer", string.Join('\n', answers.Values.Where(answer => answer.Candidate == Right).Select(answer => answer.Note)), "the .NET SDK must be below /usr");
        }

        var folder = Path.Combine(set, Program);
        Write(folder, right.Replace(Fault.Right, Fault.Wrong, StringComparison.Ordinal), candidates);
        foreach (var (id, cases) in scenarios)
        {
            var expected = JsonNode.Parse(answers[(Right, id)].Answer)!["answers"]!;
            ScenarioFiles.Write(
                Path.Combine(folder, "base", "scenarios"), id, "Roman numerals", new { cases }, id.StartsWith(ScenarioFiles.Visible, StringComparison.Ordinal) ? [ScenarioFiles.Visible] : [],
                [new { id = "answers", kind = "jsonPathEquals", path = "$.answers", value = expected }]);
        }

        var labels = candidates.ToDictionary(
            candidate => candidate.Name, candidate => answers.GetValueOrDefault((candidate.Name, "everything"))?.Answer == everything.Answer ? PatchSet.Correct : PatchSet.Wrong);
        await File.WriteAllTextAsync(Path.Combine(folder, "labels.json"), JsonSerializer.Serialize(labels), cancellationToken);
        var correct = labels.Values.Count(label => label == PatchSet.Correct);
        return new(labels.Count, correct, labels.Count - correct, answers.Values.Count(answer => answer.Question.Length == 0));
    }

    private async Task<Dictionary<(string Candidate, string Question), Answered>> AskAsync(
        string name, string right, ImmutableArray<Mutant> candidates, ImmutableSortedDictionary<string, string[]> questions, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(data, "oracle", name);
        Write(folder, right, candidates);
        foreach (var (id, cases) in questions)
        {
            ScenarioFiles.WriteQuestion(Path.Combine(folder, Questions), id, new { cases });
        }

        var answers = new Dictionary<(string, string), Answered>();
        await foreach (var answer in PatchGate.AnswerAsync([folder], Questions, data, atOnce, cancellationToken))
        {
            answers[(answer.Candidate, answer.Question)] = answer;
        }

        return answers;
    }

    /// <summary>Visible: six cases that fail on the base in two scenarios, and some that pass. Held out: edges, and numbers and texts that are drawn.</summary>
    private ImmutableSortedDictionary<string, string[]> Scenarios()
    {
        var drawing = new Drawing((ulong)seed);
        return new Dictionary<string, string[]>
        {
            ["visible-small"] = [.. Shown.Take(3)],
            ["visible-large"] = [.. Shown.Skip(3).Take(3)],
            ["visible-read"] = [.. Shown.Skip(6)],
            ["held-out-edges"] = Edges,
            ["held-out-small"] = [.. Enumerable.Range(0, 60).Select(_ => Case(drawing, 100))],
            ["held-out-large"] = [.. Enumerable.Range(0, 200).Select(_ => Case(drawing, 3999))],
            ["held-out-texts"] = [.. Enumerable.Range(0, 60).Select(_ => $"read {Alphabet[drawing.Number(0, Alphabet.Length - 1)]}{drawing.Letters(5, Alphabet)}")],
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);
    }

    /// <summary>Written or read; what is read is written by the right rules, in decimal places.</summary>
    private static string Case(Drawing draw, int most)
    {
        var number = draw.Number(1, most);
        return draw.Once(2) ? Drawing.Text($"write {number}") : $"read {Numeral(number)}";
    }

    private static string Numeral(int number)
    {
        string[] digits = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
        string Place(int digit, string letters) => string.Concat(digits[digit].Select(letter => letters["IVX".IndexOf(letter, StringComparison.Ordinal)]));
        return Place(number / 1000, "MMM") + Place(number / 100 % 10, "CDM") + Place(number / 10 % 10, "XLC") + Place(number % 10, "IVX");
    }

    private static void Write(string folder, string source, IEnumerable<Mutant> candidates)
    {
        var tree = Directory.CreateDirectory(Path.Combine(folder, "base")).FullName;
        foreach (var file in new[] { "Trial.cs", "build.sh" })
        {
            File.WriteAllText(Path.Combine(tree, file), PatchResources.Read(file));
        }

        File.WriteAllText(Path.Combine(tree, "moss.yaml"), Declaration);
        WriteSource(tree, source);
        foreach (var candidate in candidates)
        {
            WriteSource(Path.Combine(folder, "candidates", candidate.Name), candidate.Source);
        }
    }

    private static void WriteSource(string folder, string source) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "src")).FullName, "RomanNumerals.cs"), source);

    private const string Declaration = """
        name: roman-numerals
        scope:
          editable: ["src/**"]
        build:
          command: [sh, build.sh]
          timeout: 120s
        trial:
          command: [dotnet, out/Trial.dll]
          timeout: 10s
          memory: 1GiB
          processes: 64
          environment:
            DOTNET_EnableDiagnostics: "0"
            DOTNET_gcServer: "0"

        """;
}
