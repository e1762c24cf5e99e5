using Moss.Domain.Judgement;
using Moss.Replays;

namespace Moss.Adapters.Tests.Replays;

/// <summary>Candidates that cheat, break or hide, in the real sandbox.</summary>
public sealed class HostileTrialTests : IDisposable
{
    private const string Answer = """
        import json, os, signal, subprocess, sys, time
        def answer(value):
            with open(os.environ["MOSS_OUT"] + "/answer.json", "w") as file:
                json.dump(value, file)

        """;

    private readonly ReplayBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task An_honest_trial_passes_and_its_trace_is_kept()
    {
        var replay = await RunAsync("""
            task = json.load(open(os.environ["MOSS_SCENARIO"]))
            open("/moss/out/transcript.jsonl", "w").write(json.dumps({"seen": task["input"]}) + "\n")
            print(os.environ["MOSS_SEED"], os.environ["MOSS_CLOCK"], os.getcwd())
            print("careful", file=sys.stderr)
            answer("ok")
            """);
        (replay.Outcome, replay.Score, replay.Note).ShouldBe((TrialOutcome.Passed, 1, ""));
        replay.Trace.Output.ShouldBe("5 2026-01-05T09:00:00Z /moss/source\n");
        replay.Trace.Error.ShouldBe("careful\n");
        replay.Trace.Transcript.ShouldBe("{\"seen\": {\"n\": 1}}\n");
        replay.Trace.Answer.ShouldBe("\"ok\"");
        replay.Duration.ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task An_answer_written_by_a_process_left_behind_does_not_count()
    {
        var replay = await RunAsync("""
            if os.fork() == 0:
                os.setsid()
                time.sleep(0.5)
                answer("ok")
            """);
        (replay.Outcome, replay.Note).ShouldBe((TrialOutcome.Crashed, "left no answer.json"));
    }

    [Fact]
    public async Task A_trial_that_kills_itself_has_crashed_even_with_an_answer()
    {
        var replay = await RunAsync("answer('ok'); os.kill(os.getpid(), signal.SIGKILL)");
        (replay.Outcome, replay.Note).ShouldBe((TrialOutcome.Crashed, "was killed (signal 9, often the memory limit)"));
    }

    [Fact]
    public async Task A_flood_of_output_is_cut_and_the_answer_still_counts()
    {
        var replay = await RunAsync("""
            for _ in range(64):
                sys.stdout.write("x" * (256 * 1024))
            answer("ok")
            """);
        replay.Outcome.ShouldBe(TrialOutcome.Passed);
        replay.Trace.Output.Length.ShouldBeLessThan((1024 * 1024) + 200);
    }

    [Fact]
    public async Task A_transcript_of_50_MB_is_cut_with_a_note()
    {
        var replay = await RunAsync("""
            with open("/moss/out/transcript.jsonl", "w") as file:
                for index in range(50):
                    file.write(json.dumps({"index": index, "text": "x" * 1000000}) + "\n")
            answer("ok")
            """);
        replay.Outcome.ShouldBe(TrialOutcome.Passed);
        replay.Note.ShouldStartWith("the transcript was cut: 8,388,608 of 50,00");
        replay.Trace.Transcript.Length.ShouldBeLessThan((1024 * 1024) + 200);
        replay.Trace.Transcript.ShouldContain("[Moss cut this");
    }

    [Fact]
    public async Task The_output_folder_can_be_emptied_but_not_replaced()
    {
        var replay = await RunAsync("""
            import shutil
            answer("ok")
            shutil.rmtree("/moss/out", ignore_errors=True)
            try:
                os.symlink("/moss/source", "/moss/out")
            except OSError:
                pass
            """);
        (replay.Outcome, replay.Note).ShouldBe((TrialOutcome.Crashed, "left no answer.json"));
    }

    [Fact]
    public async Task The_task_and_the_source_cannot_be_changed()
    {
        var replay = await RunAsync("""
            refused = 0
            for path in ("/moss/scenario.json", "/moss/source/main.py", "/moss/source/new.py"):
                try:
                    open(path, "w").write("{}")
                except OSError:
                    refused += 1
            answer("ok" if refused == 3 else refused)
            """);
        replay.Outcome.ShouldBe(TrialOutcome.Passed);
    }

    [Fact]
    public async Task Graders_and_scenarios_are_nowhere_to_be_found()
    {
        bench.Write("scenarios/s.json", "the-secret-grader");
        bench.WriteGrader("s.json", "the-secret-grader");
        var replay = await RunAsync(
            """
            found = []
            for top in ("/moss", "/tmp", "/home", "/work", "/root"):
                for folder, _, names in os.walk(top):
                    for name in names:
                        try:
                            if "the-secret-" + "grader" in open(os.path.join(folder, name), errors="replace").read():
                                found.append(os.path.join(folder, name))
                        except OSError:
                            pass
            answer("ok" if not found and os.listdir("/moss/source/scenarios") == [] else found)
            """,
            request => request with { Hidden = ["scenarios"] });
        replay.Note.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_fork_bomb_ends_with_the_trial()
    {
        var replay = await RunAsync(
            """
            for _ in range(200):
                try:
                    if os.fork() == 0:
                        time.sleep(60)
                        os._exit(0)
                except OSError:
                    print("no more")
                    break
            answer("ok")
            """,
            request => request with { Trial = request.Trial with { Processes = 16 } });
        replay.Outcome.ShouldBe(TrialOutcome.Passed);
        replay.Duration.ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_trial_that_hangs_times_out()
    {
        var replay = await RunAsync("answer('ok'); print('begun', flush=True); time.sleep(60)", request => request with { Timeout = TimeSpan.FromSeconds(1) });
        (replay.Outcome, replay.Score, replay.Note).ShouldBe((TrialOutcome.TimedOut, 0, "did not end within 1 s"));
        replay.Trace.Output.ShouldBe("begun\n");
    }

    [Fact]
    public async Task An_answer_that_is_not_utf8_is_a_crash()
    {
        var replay = await RunAsync("""open("/moss/out/answer.json", "wb").write(b'"ok\xff"')""");
        (replay.Outcome, replay.Note).ShouldBe((TrialOutcome.Crashed, "answer.json is not valid UTF-8 at byte 4"));
    }

    [Fact]
    public async Task Output_and_transcript_that_are_not_utf8_do_no_harm()
    {
        var replay = await RunAsync("""
            sys.stdout.buffer.write(b"a\xffb\n")
            open("/moss/out/transcript.jsonl", "wb").write(b"c\xffd\n")
            answer("ok")
            """);
        replay.Outcome.ShouldBe(TrialOutcome.Passed);
        replay.Trace.Output.ShouldBe("a\ufffdb\n");
        replay.Trace.Transcript.ShouldBe("c\ufffdd\n");
    }

    [Theory]
    [InlineData("""os.symlink("/etc/passwd", "/moss/out/answer.json")""")]
    [InlineData("""os.symlink("/moss/scenario.json", "/moss/out/answer.json")""")]
    [InlineData("""os.mkfifo("/moss/out/answer.json")""")]
    [InlineData("""os.mkdir("/moss/out/answer.json")""")]
    public async Task An_answer_that_is_no_file_counts_as_none(string program)
    {
        var replay = await RunAsync(program);
        (replay.Outcome, replay.Note, replay.Trace.Answer).ShouldBe((TrialOutcome.Crashed, "left no answer.json", ""));
    }

    [Fact]
    public async Task What_a_trial_does_to_names_and_permissions_does_not_outlive_it()
    {
        var replay = await RunAsync("""
            answer("ok")
            os.makedirs("/moss/out/a/b/c")
            open(b"/moss/out/a/\xff\xfe", "w").close()
            os.chmod("/moss/out/a/b", 0)
            os.chmod("/moss/out/a", 0)
            """);
        replay.Outcome.ShouldBe(TrialOutcome.Passed);
        bench.Leftovers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_script_grader_grades_what_was_left()
    {
        bench.WriteGrader("checks/expected.json", "{\"a\": 2}");
        bench.WriteGrader("checks/check.py", """
            import json, os
            left = json.load(open(os.environ["MOSS_OUT"] + "/answer.json"))
            expected = json.load(open("checks/expected.json"))
            source = os.path.exists("/moss/source")
            print(json.dumps({"score": 1.0 if left == expected and not source else 0.25, "note": "source" if source else "differs"}))
            """);
        var script = new Grader.Script("check", ["python3", "checks/check.py"]);
        bench.Write("main.py", Answer + "answer({'a': 2})");
        (await bench.ReplayAsync(bench.Request(script))).Outcome.ShouldBe(TrialOutcome.Passed);

        bench.Write("main.py", Answer + "answer({'a': 3})");
        var wrong = await bench.ReplayAsync(bench.Request(script));
        (wrong.Outcome, wrong.Score, wrong.Note).ShouldBe((TrialOutcome.Failed, 0.25, "check: differs"));
    }

    [Fact]
    public async Task A_link_to_the_expected_answer_does_not_fool_the_script()
    {
        bench.WriteGrader("expected.json", "1");
        bench.WriteGrader("check.py", """
            import json
            print(json.dumps({"score": 1 if open("/moss/out/extra.json").read() == open("expected.json").read() else 0}))
            """);
        bench.Write("main.py", Answer + "answer('ok'); os.symlink('/moss/graders/expected.json', '/moss/out/extra.json')");
        var replay = await bench.ReplayAsync(bench.Request(new Grader.Script("check", ["python3", "check.py"])));
        replay.Outcome.ShouldBe(TrialOutcome.Failed);
        replay.Note.ShouldContain("No such file");
    }

    private Task<Replay> RunAsync(string program, Func<ReplayRequest, ReplayRequest>? change = null) => bench.ReplayAsync(Answer + program, change);
}
