using System.Collections.Immutable;
using System.Text.Json;
using Moss.Cli.Features;

namespace Moss.Cli.Bench.Patches.QuixBugsJava;

/// <summary>What was imported.</summary>
/// <param name="Patches">With a label.</param>
/// <param name="Correct">Those that the experiment's authors called correct.</param>
/// <param name="Wrong">Those that they called overfitting.</param>
/// <param name="NotApplicable">Patches of a source that the experiment does not have any more; they are candidates all the same, and are refused.</param>
/// <param name="Cases">Held-out cases by program.</param>
internal sealed record JavaImported(int Patches, int Correct, int Wrong, IReadOnlyList<string> NotApplicable, IReadOnlyDictionary<string, int> Cases);

/// <summary>Turns a clone of the experiment into a set.</summary>
internal sealed class JavaImport(string experiment, string set, string data, int seed, int atOnce)
{
    private const string Questions = "questions";
    private static readonly string[] All = ["all"];

    public async Task<JavaImported> RunAsync(CancellationToken cancellationToken)
    {
        var (patches, unmatched) = Assessments.Read(experiment);
        if (!unmatched.IsEmpty)
        {
            throw new UsageException("--experiment", $"patches and assessments do not match: {string.Join(", ", unmatched)}", "take a whole clone of github.com/ASSERT-KTH/quixbugs-experiment");
        }

        var programs = patches.GroupBy(patch => patch.Program).ToDictionary(program => program.Key, program => program.ToList(), StringComparer.Ordinal);
        var answers = await AskAsync(programs.Keys, cancellationToken);
        var (refused, cases) = (new List<string>(), new SortedDictionary<string, int>(StringComparer.Ordinal));
        foreach (var (program, known) in programs)
        {
            var folder = Path.Combine(set, program);
            JavaBase.Write(experiment, program, Path.Combine(folder, "base"));
            cases[program] = WriteScenarios(Path.Combine(folder, "base", "scenarios"), program, answers);
            refused.AddRange(known.Where(patch => !WriteCandidate(folder, patch)).Select(patch => $"{program}/{patch.Name}"));
            await File.WriteAllTextAsync(
                Path.Combine(folder, "labels.json"),
                JsonSerializer.Serialize(known.ToDictionary(patch => patch.Name, patch => patch.IsCorrect ? PatchSet.Correct : PatchSet.Wrong)), cancellationToken);
        }

        var correct = patches.Count(patch => patch.IsCorrect);
        return new(patches.Length, correct, patches.Length - correct, refused, cases);
    }

    /// <summary>The base runs its tests, and the reference program the inputs: both in sandboxes.</summary>
    private async Task<ILookup<(string Program, string Candidate, string Question), Answered>> AskAsync(IEnumerable<string> programs, CancellationToken cancellationToken)
    {
        var asked = new List<string>();
        foreach (var program in programs)
        {
            var folder = Path.Combine(data, "oracle", program);
            JavaBase.Write(experiment, program, Path.Combine(folder, "base"));
            JavaBase.WriteReference(experiment, program, Path.Combine(folder, "candidates", "reference"));
            var questions = Path.Combine(folder, Questions);
            ScenarioFiles.WriteQuestion(questions, "tests", new { program, tests = All });
            foreach (var (scenario, inputs) in Inputs(program))
            {
                ScenarioFiles.WriteQuestion(questions, scenario, new { program, cases = inputs });
            }

            asked.Add(folder);
        }

        var answers = new List<Answered>();
        await foreach (var answer in PatchGate.AnswerAsync(asked, Questions, data, atOnce, cancellationToken))
        {
            answers.Add(answer);
        }

        return answers.ToLookup(answer => (answer.Program, answer.Candidate, answer.Question));
    }

    private ImmutableSortedDictionary<string, ImmutableArray<string>> Inputs(string program) => JavaInputs.All.TryGetValue(program, out var inputs)
        ? inputs.Scenarios(program, seed)
        : throw new UsageException("--experiment", $"{program} has patches, and nobody wrote a generator of its inputs", "take the clone that docs/patches.md names");

    private int WriteScenarios(string folder, string program, ILookup<(string, string, string), Answered> answers)
    {
        JavaScenarios.WriteVisible(folder, program, Answer(answers, program, "", "tests"), Answer(answers, program, "reference", "tests"));
        return Inputs(program).Sum(inputs => JavaScenarios.WriteHeldOut(folder, inputs.Key, program, inputs.Value, Answer(answers, program, "reference", inputs.Key)));
    }

    private static JavaAnswer Answer(ILookup<(string, string, string), Answered> answers, string program, string candidate, string question) =>
        answers[(program, candidate, question)].SingleOrDefault() is { Outcome: "Passed" } answer
            ? JavaAnswer.Read(answer.Answer)
            : throw new LocalFailureException(
                $"{program} gave no answer", string.Join('\n', answers.SelectMany(group => group).Where(answer => answer.Program == program).Select(answer => $"{answer.Candidate} {answer.Question}: {answer.Outcome} {answer.Note}")),
                "apt-get install openjdk-17-jdk-headless junit4");

    /// <summary>False when the patch does not fit the source; the candidate is then the patch itself, which will not apply either.</summary>
    private static bool WriteCandidate(string folder, AssessedPatch patch)
    {
        var text = File.ReadAllText(patch.File);
        var changed = JavaPatch.Parse(text).Files
            .Select(file => (file.File, Text: JavaPatch.Apply(File.ReadAllText(Path.Combine(folder, "base", JavaBase.Source(file.File))), file.Hunks))).ToList();
        var candidates = Directory.CreateDirectory(Path.Combine(folder, "candidates")).FullName;
        if (changed.Count == 0 || changed.Any(file => file.Text is null))
        {
            File.WriteAllText(Path.Combine(candidates, $"{patch.Name}.patch"), text);
            return false;
        }

        foreach (var (file, content) in changed)
        {
            var target = Path.Combine(candidates, patch.Name, JavaBase.Source(file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, content!);
        }

        return true;
    }
}
