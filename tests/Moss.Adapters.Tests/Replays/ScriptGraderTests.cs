using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Replays;

public sealed class ScriptGraderTests
{
    [Theory]
    [InlineData("""{"score": 1}""", TrialOutcome.Passed, 1, "")]
    [InlineData("""{"score": 0.5, "note": "half\nof it"}""", TrialOutcome.Failed, 0.5, "g: half of it")]
    [InlineData("""{"score": 0.5}""", TrialOutcome.Failed, 0.5, "g scored 0.5")]
    [InlineData("""{"score": 2}""", TrialOutcome.Failed, 0, "g: the grader printed {\"score\":2}, must be {\"score\": 0..1}")]
    [InlineData("""{"score": "1"}""", TrialOutcome.Failed, 0, "g: the grader printed {\"score\":\"1\"}, must be {\"score\": 0..1}")]
    [InlineData("[1]", TrialOutcome.Failed, 0, "g: the grader printed [1], must be {\"score\": 0..1}")]
    public async Task The_script_says_the_score(string printed, TrialOutcome outcome, double score, string note)
    {
        using var bench = new ReplayBench(Engine(new SandboxResult.Exited(0) { Output = printed + "\n" }));
        var replay = await bench.ReplayAsync(bench.Request(new Grader.Script("g", ["check"])));
        (replay.Outcome, replay.Score, replay.Note).ShouldBe((outcome, score, note));
    }

    [Fact]
    public async Task A_script_that_prints_something_else_scores_nothing()
    {
        using var bench = new ReplayBench(Engine(new SandboxResult.Exited(0) { Output = "all good" }));
        var replay = await bench.ReplayAsync(bench.Request(new Grader.Script("g", ["check"])));
        replay.Outcome.ShouldBe(TrialOutcome.Failed);
        replay.Note.ShouldStartWith("g: what the grader printed is not valid JSON");
    }

    [Fact]
    public async Task A_script_that_breaks_scores_nothing()
    {
        using var bench = new ReplayBench(Engine(new SandboxResult.Exited(1) { Error = "KeyError: 'refund'" }));
        var replay = await bench.ReplayAsync(bench.Request(new Grader.Script("g", ["check"]) { Weight = 1 }, new Grader.Exact("ok", "ok") { Weight = 3 }));
        (replay.Outcome, replay.Score, replay.Note).ShouldBe((TrialOutcome.Failed, 0.75, "g: the grader exited with 1: KeyError: 'refund'"));
    }

    [Fact]
    public async Task A_script_that_hangs_scores_nothing()
    {
        using var bench = new ReplayBench(Engine(new SandboxResult.TimedOut()));
        (await bench.ReplayAsync(bench.Request(new Grader.Script("g", ["check"])))).Note.ShouldBe("g: the grader did not end within 30 s");
    }

    [Fact]
    public async Task A_script_without_a_sandbox_says_nothing_about_the_trial()
    {
        using var bench = new ReplayBench(Engine(new SandboxResult.Unavailable("no bubblewrap")));
        (await bench.ReplayAsync(bench.Request(new Grader.Script("g", ["check"])))).Outcome.ShouldBe(TrialOutcome.InfrastructureError);
    }

    [Fact]
    public async Task The_script_sees_graders_and_remains_and_not_the_source()
    {
        var engine = Engine(new SandboxResult.Exited(0) { Output = """{"score":1}""" });
        using var bench = new ReplayBench(engine);
        await bench.ReplayAsync(bench.Request(new Grader.Script("g", ["python3", "check.py"])));

        var spec = engine.Specs[1];
        spec.Command.ShouldBe(["python3", "check.py"]);
        spec.WorkingDirectory.ShouldBe("/moss/graders");
        spec.Mounts.Select(mount => (mount.GetType().Name, mount.Target)).ShouldBe(
            [("ReadOnly", "/moss/graders"), ("ReadOnly", "/moss/out"), ("ReadOnly", "/moss/scenario.json")]);
        FakeEngine.Source(spec, "/moss/graders").ShouldBe(bench.Graders);
        FakeEngine.Source(spec, "/moss/out").ShouldNotBe(FakeEngine.Source(engine.Specs[0], "/moss/out"));
    }

    [Fact]
    public async Task The_script_sees_regular_files_alone()
    {
        var seen = Array.Empty<string>();
        var first = true;
        var engine = new FakeEngine(spec =>
        {
            var folder = FakeEngine.Source(spec, "/moss/out");
            if (first)
            {
                first = false;
                Directory.CreateDirectory(Path.Combine(folder, "deep"));
                File.WriteAllText(Path.Combine(folder, "deep", "file.txt"), "kept");
                File.CreateSymbolicLink(Path.Combine(folder, "link.json"), "/moss/graders/expected.json");
                Directory.CreateSymbolicLink(Path.Combine(folder, "folder"), "/moss/graders");
                return FakeEngine.Leave(spec, "\"ok\"");
            }

            seen = [.. Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];
            return new SandboxResult.Exited(0) { Output = """{"score":1}""" };
        });
        using var bench = new ReplayBench(engine);

        await bench.ReplayAsync(bench.Request(new Grader.Script("g", ["check"])));

        seen.ShouldBe(["answer.json", "deep", "deep/file.txt"]);
    }

    /// <summary>The trial answers "ok"; every script ends as given.</summary>
    private static FakeEngine Engine(SandboxResult script) =>
        new(spec => spec.WorkingDirectory == "/moss/graders" ? script : FakeEngine.Leave(spec, "\"ok\""));
}
