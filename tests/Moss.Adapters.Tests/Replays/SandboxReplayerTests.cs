using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Replays;

/// <summary>What a replay asks of the engine and makes of its results; the engine is a fake.</summary>
public sealed class SandboxReplayerTests
{
    [Fact]
    public async Task The_trial_sees_its_task_and_nothing_that_grades_it()
    {
        var engine = new FakeEngine(spec => FakeEngine.Leave(spec, File.ReadAllText(FakeEngine.Source(spec, "/moss/scenario.json"))));
        using var bench = new ReplayBench(engine);
        bench.Write("scenarios/s.json", "graders");

        var replay = await bench.ReplayAsync(bench.Request() with { Hidden = ["scenarios", "not-there"] });

        JsonNode.Parse(replay.Trace.Answer)!.AsObject().Select(member => member.Key).ShouldBe(["id", "title", "input", "seed", "clock"]);
        var spec = engine.Specs.ShouldHaveSingleItem();
        spec.Mounts.ShouldContain(new SandboxMount.ReadOnly(bench.Source, "/moss/source"));
        spec.Mounts.ShouldContain(new SandboxMount.Empty("/moss/source/scenarios"));
        spec.Mounts.OfType<SandboxMount.Empty>().ShouldHaveSingleItem();
        spec.Mounts.ShouldNotContain(mount => mount is SandboxMount.ReadOnly && ((SandboxMount.ReadOnly)mount).Source.Contains("graders", StringComparison.Ordinal));
        spec.Network.ShouldBe(SandboxNetwork.None);
    }

    [Fact]
    public async Task A_hidden_folder_that_is_a_link_hides_what_it_leads_to()
    {
        var engine = new FakeEngine(spec => FakeEngine.Leave(spec, "\"ok\""));
        using var bench = new ReplayBench(engine);
        bench.Write("real/scenarios/s.json", "graders");
        Directory.CreateSymbolicLink(bench.Path("source", "scenarios"), "real/scenarios");

        await bench.ReplayAsync(bench.Request() with { Hidden = ["scenarios"] });

        engine.Specs[0].Mounts.ShouldContain(new SandboxMount.Empty("/moss/source/real/scenarios"));
    }

    [Fact]
    public async Task Command_environment_and_limits_come_from_the_declaration()
    {
        var engine = new FakeEngine(spec => FakeEngine.Leave(spec, "\"ok\""));
        using var bench = new ReplayBench(engine);
        var request = bench.Request();
        request = request with
        {
            Trial = request.Trial with
            {
                WorkingDirectory = "agent",
                MemoryBytes = 123_000_000,
                Processes = 7,
                Environment = ImmutableSortedDictionary<string, string>.Empty.Add("MODE", "replay").Add("PYTHONHASHSEED", "9").Add("MOSS_SEED", "mine"),
            },
        };

        await bench.ReplayAsync(request);

        var spec = engine.Specs[0];
        spec.Command.ShouldBe(["python3", "main.py"]);
        spec.WorkingDirectory.ShouldBe("/moss/source/agent");
        (spec.Limits.WallClock, spec.Limits.MemoryBytes, spec.Limits.Processes).ShouldBe((TimeSpan.FromSeconds(20), 123_000_000, 7));
        spec.Environment.ShouldBe(new Dictionary<string, string>
        {
            ["MODE"] = "replay", ["MOSS_CLOCK"] = "2026-01-05T09:00:00Z", ["MOSS_OUT"] = "/moss/out", ["MOSS_SCENARIO"] = "/moss/scenario.json",
            ["MOSS_SEED"] = "5", ["PYTHONDONTWRITEBYTECODE"] = "1", ["PYTHONHASHSEED"] = "9",
        });
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(500, 20)]
    public async Task A_timeout_can_only_be_shortened(int asked, int given)
    {
        var engine = new FakeEngine(spec => FakeEngine.Leave(spec, "\"ok\""));
        using var bench = new ReplayBench(engine);
        await bench.ReplayAsync(bench.Request() with { Timeout = TimeSpan.FromSeconds(asked) });
        engine.Specs[0].Limits.WallClock.ShouldBe(TimeSpan.FromSeconds(given));
    }

    [Theory]
    [InlineData("\"ok\"", TrialOutcome.Passed, 1)]
    [InlineData("\"no\"", TrialOutcome.Failed, 0)]
    [InlineData("{\"a\":", TrialOutcome.Crashed, 0)]
    [InlineData("NaN", TrialOutcome.Crashed, 0)]
    [InlineData("{\"a\":1,\"a\":2}", TrialOutcome.Crashed, 0)]
    [InlineData("", TrialOutcome.Crashed, 0)]
    public async Task An_answer_is_graded_when_it_is_json(string answer, TrialOutcome outcome, double score)
    {
        using var bench = new ReplayBench(new FakeEngine(spec => FakeEngine.Leave(spec, answer)));
        var replay = await bench.ReplayAsync(bench.Request());
        (replay.Outcome, replay.Score).ShouldBe((outcome, score));
        (replay.Note.Length == 0).ShouldBe(outcome == TrialOutcome.Passed);
        replay.Keypoints.ShouldHaveSingleItem().Score.ShouldBe(score);
        replay.Trace.Answer.ShouldBe(answer);
    }

    [Fact]
    public async Task An_answer_above_the_limit_is_a_crash()
    {
        using var bench = new ReplayBench(new FakeEngine(spec => FakeEngine.Leave(spec, $"\"{new string('x', 1024 * 1024)}\"")));
        var replay = await bench.ReplayAsync(bench.Request());
        replay.Outcome.ShouldBe(TrialOutcome.Crashed);
        replay.Note.ShouldBe("answer.json is 1,048,578 bytes long, at most 1,048,576 are read");
    }

    public static TheoryData<SandboxResult, TrialOutcome, string> Endings => new()
    {
        { new SandboxResult.Exited(3) { Error = "Traceback\nKeyError: 'x'\n\n" }, TrialOutcome.Crashed, "exited with 3: KeyError: 'x'" },
        { new SandboxResult.Exited(137), TrialOutcome.Crashed, "was killed (signal 9, often the memory limit)" },
        { new SandboxResult.Exited(134), TrialOutcome.Crashed, "was ended by signal 6" },
        { new SandboxResult.Exited(0) { Error = "warning" }, TrialOutcome.Crashed, "left no answer.json; last on standard error: warning" },
        { new SandboxResult.TimedOut(), TrialOutcome.TimedOut, "did not end within 20 s" },
        { new SandboxResult.Unavailable("no bubblewrap"), TrialOutcome.InfrastructureError, "no bubblewrap" },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public async Task Every_ending_has_its_outcome(SandboxResult result, TrialOutcome outcome, string note)
    {
        using var bench = new ReplayBench(new FakeEngine(_ => result));
        var replay = await bench.ReplayAsync(bench.Request());
        (replay.Outcome, replay.Score, replay.Note).ShouldBe((outcome, 0, note));
        replay.Keypoints.ShouldHaveSingleItem().ShouldBe(new KeypointResult("ok", 0, note));
    }

    [Fact]
    public async Task An_exit_code_counts_even_when_the_answer_is_right()
    {
        using var bench = new ReplayBench(new FakeEngine(spec =>
        {
            FakeEngine.Leave(spec, "\"ok\"");
            return new SandboxResult.Exited(1);
        }));
        (await bench.ReplayAsync(bench.Request())).Outcome.ShouldBe(TrialOutcome.Crashed);
    }

    [Fact]
    public async Task The_score_is_weighted_and_a_required_keypoint_decides()
    {
        using var bench = new ReplayBench(new FakeEngine(spec => FakeEngine.Leave(spec, """{"a":1,"b":2}""")));
        var replay = await bench.ReplayAsync(bench.Request(
            new Grader.JsonPathEquals("a", "$.a", 1) { Weight = 3 }, new Grader.JsonPathEquals("b", "$.b", 3)));
        (replay.Outcome, replay.Score, replay.Note).ShouldBe((TrialOutcome.Failed, 0.75, "b: $.b is 2, expected 3"));
    }

    [Fact]
    public async Task A_replaced_file_is_mounted_over_the_source()
    {
        var seen = "";
        var engine = new FakeEngine(spec =>
        {
            seen = File.ReadAllText(FakeEngine.Source(spec, "/moss/source/pkg/a.py"));
            return FakeEngine.Leave(spec, "\"ok\"");
        });
        using var bench = new ReplayBench(engine);
        bench.Write("pkg/a.py", "old");

        await bench.ReplayAsync(bench.Request() with { Overlay = ImmutableSortedDictionary<string, string>.Empty.Add("pkg/a.py", "new") });

        seen.ShouldBe("new");
        File.ReadAllText(bench.Path("source", "pkg", "a.py")).ShouldBe("old");
        engine.Specs[0].Mounts[0].ShouldBe(new SandboxMount.ReadOnly(bench.Source, "/moss/source"));
    }

    [Theory]
    [InlineData("../a.py")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("./a.py")]
    [InlineData("a//b")]
    [InlineData("")]
    [InlineData("link/a.py")]
    [InlineData("pkg")]
    [InlineData("pkg/new.py")]
    [InlineData("a\\b")]
    [InlineData("a\nb")]
    public async Task An_overlay_covers_files_of_the_source_and_nothing_else(string path)
    {
        var engine = new FakeEngine(spec => FakeEngine.Leave(spec, "\"ok\""));
        using var bench = new ReplayBench(engine);
        bench.Write("pkg/a.py", "x");
        Directory.CreateSymbolicLink(bench.Path("source", "link"), "/tmp");

        var replay = await bench.ReplayAsync(bench.Request() with { Overlay = ImmutableSortedDictionary<string, string>.Empty.Add(path, "x") });

        replay.Outcome.ShouldBe(TrialOutcome.InfrastructureError);
        engine.Specs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_left_behind()
    {
        using var bench = new ReplayBench(new FakeEngine(spec => FakeEngine.Leave(spec, "\"ok\"")));
        await bench.ReplayAsync(bench.Request());
        bench.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cancelled_replay_throws()
    {
        using var bench = new ReplayBench(new FakeEngine(spec => FakeEngine.Leave(spec, "\"ok\"")));
        await Should.ThrowAsync<OperationCanceledException>(() => bench.Replayer.ReplayAsync(bench.Request(), new CancellationToken(canceled: true)));
        bench.Leftovers.ShouldBeEmpty();
    }
}
