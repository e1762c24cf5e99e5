using System.Text.Json;
using Moss.PatchGate;
using Moss.Testing;

namespace Moss.Cli.Tests.Bench.Patches;

/// <summary>Two programs in Python, each with candidates of every kind, through real sandboxes.</summary>
public sealed class GateDeskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public GateDeskTests()
    {
        Program("double", "def f(n):\n    return n + 2\n", [(2, 4, true), (3, 6, true), (5, 10, true), (0, 0, false), (7, 14, false)]);
        Candidate("double", "right", "def f(n):\n    return 2 * n\n");
        Candidate("double", "overfitting", "def f(n):\n    return {2: 4, 3: 6, 5: 10}[n]\n");
        Candidate("double", "no-program", "def f(n:\n");
        folder.Write("set/double/candidates/as-a-patch.patch", "--- a/program.py\n+++ b/program.py\n@@ -1,2 +1,2 @@\n def f(n):\n-    return n + 2\n+    return n + n\n");
        folder.Write("set/double/candidates/does-not-apply.patch", "--- a/program.py\n+++ b/program.py\n@@ -1,2 +1,2 @@\n def g(n):\n-    return n + 3\n+    return n + n\n");
        folder.Write("set/double/candidates/changes-the-trial/trial.py", "print()\n");
        Program("sign", "def f(n):\n    return 0\n", [(4, 1, true), (9, 1, true), (0, 0, true), (-3, -1, false)]);
        Candidate("sign", "right", "def f(n):\n    return (n > 0) - (n < 0)\n");
        Candidate("sign", "overfitting", "def f(n):\n    return int(n > 0)\n");
        Candidate("sign", "breaks-what-passed", "def f(n):\n    return 1\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_overfitting_candidate_passes_what_is_visible_and_the_corpus_stops_it()
    {
        var ruled = (await RunAsync("double", "sign")).ToDictionary(line => $"{line.Program}/{line.Candidate}");

        Verdicts(ruled["double/right"]).ShouldBe(("Converged", "Converged"));
        Verdicts(ruled["double/as-a-patch"]).ShouldBe(("Converged", "Converged"));
        Verdicts(ruled["sign/right"]).ShouldBe(("Converged", "Converged"));

        ruled["double/overfitting"].VisibleOnly.Accepted.ShouldBeTrue();
        ruled["double/overfitting"].WithCorpus.Accepted.ShouldBeFalse();
        ruled["sign/overfitting"].VisibleOnly.Accepted.ShouldBeTrue();
        ruled["sign/overfitting"].WithCorpus.Verdict.ShouldBe("NeedMoreWork");

        Verdicts(ruled["sign/breaks-what-passed"]).ShouldBe(("Regressed", "Regressed"));
        Verdicts(ruled["double/no-program"]).ShouldBe(("DoesNotBuild", "DoesNotBuild"));
        Verdicts(ruled["double/changes-the-trial"]).ShouldBe(("OutOfScope", "OutOfScope"));
        ruled["double/changes-the-trial"].WithCorpus.Reason.ShouldBe("trial.py matches none of scope.editable");
        Verdicts(ruled["double/does-not-apply"]).ShouldBe(("DoesNotApply", "DoesNotApply"));
        ruled["double/right"].Trials.ShouldBe(6 + 3);
    }

    [Fact]
    public async Task A_second_run_rules_on_the_trials_of_the_first_and_tries_only_what_changed()
    {
        var first = await RunAsync("sign");
        var kept = Directory.GetFiles(folder.Combine("data", "trials", "sign"));
        Candidate("sign", "overfitting", "def f(n):\n    return (n > 0) + 0\n");

        (await RunAsync("sign")).OrderBy(line => line.Candidate).ShouldBe(first.OrderBy(line => line.Candidate));

        Directory.GetFiles(folder.Combine("data", "trials", "sign")).Except(kept).ShouldHaveSingleItem().ShouldContain("overfitting-");
    }

    [Fact]
    public async Task Questions_are_answered_by_the_base_and_by_each_candidate()
    {
        folder.Write("set/sign/questions/ask.json", Scenario("ask", -8, """{ "id": "any", "kind": "regex", "pattern": "." }""", ""));
        var answers = new List<AnsweredLine>();

        await RunAsync(new([folder.Combine("set", "sign")], folder.Combine("data"), 2) { Questions = "questions" }, line => answers.Add((AnsweredLine)line));

        answers.OrderBy(answer => answer.Candidate, StringComparer.Ordinal).Select(answer => (answer.Candidate, answer.Question, answer.Answer)).ShouldBe(
            [("", "ask", "0"), ("breaks-what-passed", "ask", "1"), ("overfitting", "ask", "0"), ("right", "ask", "-1")]);
    }

    [Fact]
    public async Task A_base_that_shows_no_failure_is_not_reproduced()
    {
        Program("well", "def f(n):\n    return n\n", [(1, 1, true), (2, 2, false)]);
        Candidate("well", "same", "def f(n):\n    return n + 0\n");

        Verdicts((await RunAsync("well")).ShouldHaveSingleItem()).ShouldBe(("NotReproduced", "NotReproduced"));
    }

    [Fact]
    public async Task A_scenario_keeps_the_input_that_its_failure_and_its_repair_need_and_its_graders()
    {
        var line = await MinimiseAsync("""{ "noise": ["a", "b"], "numbers": [1, 0, 5, 0, 2] }""", "n = task['numbers']", "sum(n)", "max(n, default=0)");

        var scenario = JsonDocument.Parse(line.Scenario).RootElement;
        scenario.GetProperty("input").GetRawText().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal).ShouldBe("""{"numbers":[1,5,2]}""");
        scenario.GetProperty("graders")[0].GetProperty("value").GetInt32().ShouldBe(8);
        line.Minimal.ShouldBeTrue();
        line.Bytes.ShouldBeLessThan(line.BytesBefore);
    }

    [Fact]
    public async Task A_scenario_that_does_not_fail_or_is_not_repaired_has_nothing_to_keep() =>
        (await Should.ThrowAsync<UnusableSetException>(() => MinimiseAsync("""{ "numbers": [8] }""", "n = task['numbers']", "sum(n)", "max(n, default=0)")))
            .Message.ShouldContain("'of-8' does not fail without the change and pass with it");

    [Fact]
    public async Task A_scenario_that_fails_by_chance_is_not_made_smaller() =>
        (await Should.ThrowAsync<UnusableSetException>(() => MinimiseAsync(
            """{ "numbers": [1, 5, 2] }""", "n = task['numbers'] if int(os.environ['MOSS_SEED']) == 1 else [8]", "sum(n)", "max(n, default=0)")))
            .Message.ShouldContain("by chance");

    /// <summary>A scenario that expects 8, of a version that is broken and one that is not.</summary>
    private async Task<MinimisedLine> MinimiseAsync(string input, string reading, string right, string wrong)
    {
        Program("sum", $"def f(n):\n    return {wrong}\n", []);
        folder.Write("set/sum/base/trial.py", $"""
            import json, os, program
            task = json.load(open(os.environ["MOSS_SCENARIO"]))["input"]
            {reading}
            json.dump(program.f(n), open(os.environ["MOSS_OUT"] + "/answer.json", "w"))
            """);
        folder.Write("set/sum/base/scenarios/of-8.json", $$"""
            { "id": "of-8", "title": "eight", "input": {{input}}, "tags": [], "graders": [{ "id": "right", "kind": "exact", "value": 8 }] }
            """);
        Candidate("sum", "repaired", $"def f(n):\n    return {right}\n");
        MinimisedLine? made = null;
        await RunAsync(new([folder.Combine("set", "sum")], folder.Combine("data"), 1) { Minimise = new("of-8", 100) }, line => made = (MinimisedLine)line);
        return made.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_program_without_a_declaration_is_refused_with_the_file_that_is_missing()
    {
        Directory.CreateDirectory(folder.Combine("set", "empty", "base"));

        (await Should.ThrowAsync<UnusableSetException>(() => RunAsync("empty"))).Message.ShouldContain("empty/base/moss.yaml is not there");
    }

    private static (string Visible, string Corpus) Verdicts(RuledLine line) => (line.VisibleOnly.Verdict, line.WithCorpus.Verdict);

    private async Task<List<RuledLine>> RunAsync(params string[] programs)
    {
        var lines = new List<RuledLine>();
        await RunAsync(new([.. programs.Select(program => folder.Combine("set", program))], folder.Combine("data"), 2), line => lines.Add((RuledLine)line));
        return lines;
    }

    private static async Task RunAsync(GateRequest request, Action<object> tell)
    {
        await using var desk = new GateDesk(request, tell);
        await desk.RunAsync(CancellationToken.None);
    }

    private void Candidate(string program, string name, string source) => folder.Write($"set/{program}/candidates/{name}/program.py", source);

    private void Program(string name, string source, (int Input, int Output, bool Visible)[] cases)
    {
        folder.Write($"set/{name}/base/program.py", source);
        folder.Write($"set/{name}/base/trial.py", """
            import json, os, program
            task = json.load(open(os.environ["MOSS_SCENARIO"]))
            json.dump(program.f(task["input"]), open(os.environ["MOSS_OUT"] + "/answer.json", "w"))
            """);
        folder.Write($"set/{name}/base/moss.yaml", $"""
            name: {name}
            scope:
              editable: [program.py]
            build:
              command: [python3, -c, "compile(open('program.py').read(), 'program.py', 'exec')"]
            trial:
              command: [python3, -B, trial.py]

            """);
        foreach (var (input, output, visible) in cases)
        {
            var id = $"of{(input < 0 ? "-minus" : "")}-{Math.Abs(input)}";
            folder.Write(
                $"set/{name}/base/scenarios/{id}.json",
                Scenario(id, input, $$"""{ "id": "right", "kind": "exact", "value": {{output}} }""", visible ? "\"visible\"" : ""));
        }
    }

    private static string Scenario(string id, int input, string grader, string tag) =>
        $$"""{ "id": {{JsonSerializer.Serialize(id)}}, "title": "a number", "input": {{input}}, "tags": [{{tag}}], "graders": [{{grader}}] }""";
}
