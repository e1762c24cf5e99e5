using System.Collections.Immutable;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Sandboxes;
using Moss.Substrates;

namespace Moss.Services.Tests.Trials;

public sealed class BuildingCandidatesTests
{
    private static readonly BuildCandidate Command = new(TrialsBench.Stage("Build"), TrialsBench.Subject(), TrialsBench.Candidate);

    [Fact]
    public async Task A_substrate_that_declares_nothing_is_built_at_once()
    {
        await using var bench = await TrialsBench.StartAsync();
        var built = await bench.AskAsync<CandidateBuilt>(Command);
        (built.Stage, built.Tree).ShouldBe((Command.Stage, new string('7', 40)));
        bench.Engine.Specs.ShouldBeEmpty();
    }

    [Fact]
    public async Task Build_smoke_and_tests_run_in_this_order_as_declared()
    {
        await using var bench = await TrialsBench.StartAsync(All);
        await bench.AskAsync<CandidateBuilt>(Command);

        bench.Engine.Specs.Select(spec => string.Join(' ', spec.Command)).ShouldBe(["make all", "start --once", "run tests"]);
        var tests = bench.Engine.Specs.Last();
        tests.WorkingDirectory.ShouldBe("/moss/source/sub");
        tests.Limits.WallClock.ShouldBe(TimeSpan.FromSeconds(9));
        tests.Environment["MODE"].ShouldBe("test");
        tests.Network.ShouldBe(SandboxNetwork.None);
    }

    [Fact]
    public async Task Steps_work_on_copies_of_the_candidate_without_scenarios()
    {
        await using var bench = await TrialsBench.StartAsync(All);
        var seen = new List<string>();
        bench.Engine.Run = spec =>
        {
            var source = ScriptedEngine.Source(spec);
            seen.Add(string.Join(' ', Directory.GetFileSystemEntries(source, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(source, path)).Order(StringComparer.Ordinal)));
            File.ReadAllText(Path.Combine(source, "main.py")).ShouldBe(TrialsBench.Candidate);
            File.WriteAllText(Path.Combine(source, spec.Command[0] + ".made"), "x");
            return new SandboxResult.Exited(0);
        };
        await bench.AskAsync<CandidateBuilt>(Command);

        // What the build made is there for the checks; what a check made is gone.
        seen.ShouldBe(["main.py scenarios", "main.py make.made scenarios", "main.py make.made scenarios"]);
    }

    [Fact]
    public async Task Trials_run_on_what_the_build_made_and_each_commit_is_built_once()
    {
        await using var bench = await TrialsBench.StartAsync(declaration => declaration with { Build = new CommandStep(["make"]) });
        bench.Engine.Run = spec =>
        {
            File.WriteAllText(Path.Combine(ScriptedEngine.Source(spec), "made"), "x");
            return new SandboxResult.Exited(0);
        };
        await bench.AskAsync<CandidateBuilt>(Command);
        await bench.AskAsync<TrialsCompleted>(TrialsBench.Paired(new TrialRow("one", "Batch", 2)));

        bench.Engine.Specs.Count.ShouldBe(2);
        bench.Replayer.Requests.ShouldAllBe(request => TrialsBench.Tree(request).StartsWith(bench.BuiltTrees, StringComparison.Ordinal) && File.Exists(Path.Combine(TrialsBench.Tree(request), "made")));
        bench.Replayer.Requests.Select(request => File.ReadAllText(Path.Combine(TrialsBench.Tree(request), "main.py"))).Distinct().Count().ShouldBe(2);
    }

    public static TheoryData<string, SandboxResult, string, string> Refusals => new()
    {
        { "make", new SandboxResult.Exited(2) { Output = "compiling", Error = "main.c:1: error\n" }, "Build", "exited with 2: main.c:1: error" },
        { "start", new SandboxResult.Exited(137), "Smoke", "was killed (signal 9, often the memory limit)" },
        { "run", new SandboxResult.TimedOut { Output = "test 1 ... ok" }, "Tests", "did not end within 9 s" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task The_first_step_that_fails_refuses_the_candidate_with_its_log(string program, SandboxResult result, string step, string reason)
    {
        await using var bench = await TrialsBench.StartAsync(All);
        bench.Engine.Run = spec => spec.Command[0] == program ? result : new SandboxResult.Exited(0);
        var refused = await bench.AskAsync<CandidateRefused>(Command);

        (refused.Stage, refused.Step, refused.Reason).ShouldBe((Command.Stage, step, reason));
        var log = await bench.TextOfAsync(refused.LogArtifact);
        log.ShouldStartWith($"$ {program}");
        log.ShouldContain(result.Output);
        log.ShouldContain(result.Error);
    }

    [Fact]
    public async Task A_refusal_is_kept_and_told_again()
    {
        await using var bench = await TrialsBench.StartAsync(All);
        bench.Engine.Run = _ => new SandboxResult.Exited(1);
        var first = await bench.AskAsync<CandidateRefused>(Command);
        (await bench.AskAsync<CandidateRefused>(Command)).ShouldBe(first);
        bench.Engine.Specs.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_build_that_failed_leaves_no_tree()
    {
        await using var bench = await TrialsBench.StartAsync(All);
        bench.Engine.Run = _ => new SandboxResult.Exited(1);
        await bench.AskAsync<CandidateRefused>(Command);
        (Directory.Exists(bench.BuiltTrees) ? Directory.GetFileSystemEntries(bench.BuiltTrees) : []).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_a_sandbox_the_stage_broke_after_some_tries()
    {
        await using var bench = await TrialsBench.StartAsync(All);
        bench.Engine.Run = _ => new SandboxResult.Unavailable("no bubblewrap");
        var broke = await bench.AskAsync<StageBroke>(Command);
        (broke.Reason, broke.Transient).ShouldBe(("no sandbox could be made: no bubblewrap", true));
        bench.Engine.Specs.Count.ShouldBe(4);
    }

    [Fact]
    public async Task A_base_commit_that_does_not_build_stops_the_baseline()
    {
        await using var bench = await TrialsBench.StartAsync(All);
        bench.Engine.Run = _ => new SandboxResult.Exited(1) { Error = "no compiler" };
        (await bench.AskAsync<StageBroke>(TrialsBench.Baseline())).Reason.ShouldBe($"commit {TrialsBench.Base} does not build: exited with 1: no compiler");
    }

    private static SubstrateDeclaration All(SubstrateDeclaration declaration) => declaration with
    {
        Build = new CommandStep(["make", "all"]),
        Smoke = new CommandStep(["start", "--once"]),
        Tests = new CommandStep(["run", "tests"])
        {
            WorkingDirectory = "sub",
            Timeout = TimeSpan.FromSeconds(9),
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("MODE", "test"),
        },
    };
}
