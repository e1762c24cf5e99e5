using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.Replays;

namespace Moss.Adapters.Tests.Replays;

public sealed class PythonCoverageTests : IDisposable
{
    private readonly ReplayBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task The_lines_that_ran_are_named_by_file_and_nothing_else_is()
    {
        bench.Write("pkg/__init__.py", "names = []\n");
        bench.Write("pkg/maths.py", "def sign(n):\n    if n < 0:\n        return -1\n    return 1\n");
        var replay = await CoverAsync("""
            import json
            from pkg.maths import sign
            if sign(5) == 2:
                print("never")
            json.dump("ok", open("/moss/out/answer.json", "w"))
            """);

        replay.Outcome.ShouldBe(TrialOutcome.Passed, replay.Trace.Error);
        replay.Coverage.Keys.ShouldBe(["main.py", "pkg/__init__.py", "pkg/maths.py"]);
        replay.Coverage["main.py"].ShouldBe([1, 2, 3, 5]);
        replay.Coverage["pkg/maths.py"].ShouldBe([1, 2, 4]);
    }

    [Fact]
    public async Task Nothing_is_collected_unless_asked_for()
    {
        var replay = await bench.ReplayAsync("import os\nprint(os.environ.get('PYTHONPATH'))\n");
        replay.Coverage.ShouldBeEmpty();
        replay.Trace.Output.ShouldBe("None\n");
    }

    [Theory]
    [InlineData("import sys\nsys.exit(3)\n", "exited with 3")]
    [InlineData("raise KeyError('x')\n", "exited with 1: KeyError: 'x'")]
    [InlineData("import sys\nsys.exit('no luck')\n", "exited with 1: no luck")]
    [InlineData("def f():\n    return f()\nf()\n", "exited with 1: RecursionError: maximum recursion depth exceeded")]
    public async Task A_program_that_fails_fails_the_same_way(string program, string note)
    {
        var replay = await CoverAsync(program);
        replay.Note.ShouldBe(note);
        replay.Coverage["main.py"].ShouldContain(1);
        var plain = await bench.ReplayAsync(program);
        plain.Note.ShouldBe(note);
        if (!note.Contains("Recursion", StringComparison.Ordinal))
        {
            // At the limit of recursion the traceback ends a line later; the depth is the same.
            replay.Trace.Error.ShouldBe(plain.Trace.Error);
        }
    }

    [Fact]
    public async Task A_program_that_hangs_still_says_where()
    {
        var replay = await CoverAsync("def spin():\n    n = 0\n    while True:\n        n += 1\nspin()\n", TimeSpan.FromSeconds(6));
        replay.Outcome.ShouldBe(TrialOutcome.TimedOut);
        replay.Coverage["main.py"].ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task A_program_that_sleeps_still_says_where()
    {
        var replay = await CoverAsync("import time\ntime.sleep(60)\nprint()\n", TimeSpan.FromSeconds(6));
        replay.Outcome.ShouldBe(TrialOutcome.TimedOut);
        replay.Coverage["main.py"].ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Threads_and_child_processes_are_followed()
    {
        bench.Write("child.py", "import sys\nsys.exit(0)\n");
        var replay = await CoverAsync("""
            import subprocess, sys, threading
            def work():
                print("in a thread")
            thread = threading.Thread(target=work)
            thread.start()
            thread.join()
            subprocess.run([sys.executable, "child.py"], check=True)
            open("/moss/out/answer.json", "w").write('"ok"')
            """);
        replay.Outcome.ShouldBe(TrialOutcome.Passed, replay.Trace.Error);
        replay.Coverage["main.py"].ShouldBe([1, 2, 3, 4, 5, 6, 7, 8]);
        replay.Coverage["child.py"].ShouldBe([1, 2]);
    }

    [Fact]
    public async Task The_program_cannot_tell_by_its_modules_paths_depth_or_threads()
    {
        const string Program = """
            import sys
            loaded = sorted(set(sys.modules) - {"sitecustomize"})
            def depth(n=0):
                try:
                    return depth(n + 1)
                except RecursionError:
                    return n
            deepest = depth()
            import threading, signal, json
            print(json.dumps([loaded, [p for p in sys.path], deepest, threading.active_count(), str(signal.getsignal(signal.SIGALRM)), signal.getitimer(signal.ITIMER_REAL)]))
            """;
        var covered = (await CoverAsync(Program)).Trace;
        var plain = (await bench.ReplayAsync(Program)).Trace;
        covered.Error.ShouldBe(plain.Error);
        covered.Output.ShouldBe(plain.Output);
    }

    [Fact]
    public async Task A_sitecustomize_of_the_substrate_still_runs()
    {
        bench.Write("lib/sitecustomize.py", "print('own')\n");
        bench.Write("main.py", "print('main')\n");
        var request = bench.Request();
        var replay = await bench.ReplayAsync(request with
        {
            Trial = request.Trial with { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PYTHONPATH", "/moss/source/lib") },
            WithCoverage = true,
        });
        replay.Trace.Output.ShouldBe("own\nmain\n");
        replay.Coverage.Keys.ShouldContain("lib/sitecustomize.py");
    }

    [Fact]
    public async Task Forged_lines_do_no_harm()
    {
        var replay = await CoverAsync("""
            open("/moss/lines/1.json", "w").write('{"../../etc/passwd": [1], "main.py": [999999999999, "x", -4, 77], "a": 3}')
            open("/moss/lines/2.json", "w").write('not json')
            import os
            os.symlink("/etc/passwd", "/moss/lines/3.json")
            """);
        replay.Coverage.Keys.ShouldBe(["main.py"]);
        replay.Coverage["main.py"].ShouldBe([1, 2, 3, 4, 77]);
    }

    private Task<Replay> CoverAsync(string program, TimeSpan? timeout = null) =>
        bench.ReplayAsync(program, request => request with { WithCoverage = true, Timeout = timeout });
}
