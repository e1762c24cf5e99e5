using System.Diagnostics;

namespace Moss.Adapters.Tests.Search;

/// <summary>
/// A Python process that answers a line with a line: it forks for each replay, runs <c>solve(input)</c> of the program, and
/// limits processor time instead of wall clock, so that a busy machine changes nothing.
/// </summary>
internal sealed class PythonWorker : IDisposable
{
    private const string Script = """
        import atexit, io, json, os, signal, sys, traceback

        def answer(job, write):
            lines = set()
            def send(outcome, score, note, error=""):
                sys.settrace(None)
                atexit._run_exitfuncs()
                told = {"outcome": outcome, "score": score, "note": note, "error": sys.stderr.getvalue() + error, "lines": sorted(lines)}
                with os.fdopen(write, "w") as pipe:
                    json.dump(told, pipe)
                os._exit(0)
            sys.stderr = io.StringIO()
            signal.signal(signal.SIGPROF, lambda *_: send("timedOut", 0, "too slow"))
            signal.setitimer(signal.ITIMER_PROF, job["seconds"])
            def trace(frame, event, argument):
                if frame.f_code.co_filename != job["name"]:
                    return None
                lines.add(frame.f_lineno)
                return trace
            scope = {"__name__": "program"}
            try:
                code = compile(job["text"], job["name"], "exec")
                sys.settrace(trace)
                exec(code, scope)
                got = scope["solve"](*job["input"])
                sys.settrace(None)
                want = job["expected"]
                if isinstance(want, dict):
                    right = sum(1 for key in want if isinstance(got, dict) and got.get(key) == want[key])
                    score = right / len(want)
                else:
                    score = 1.0 if got == want else 0.0
                send("passed" if score == 1 else "failed", score, "" if score == 1 else f"got {got!r}"[:200])
            except BaseException as wrong:
                sys.settrace(None)
                send("crashed", 0, repr(wrong)[:200], traceback.format_exc())

        for line in sys.stdin:
            job = json.loads(line)
            read, write = os.pipe()
            child = os.fork()
            if child == 0:
                os.close(read)
                quiet = os.open(os.devnull, os.O_RDWR)
                os.dup2(quiet, 0), os.dup2(quiet, 1), os.dup2(quiet, 2)
                answer(job, write)
            os.close(write)
            with os.fdopen(read) as pipe:
                text = pipe.read()
            os.waitpid(child, 0)
            print(text or json.dumps({"outcome": "crashed", "score": 0, "note": "gone", "error": "", "lines": []}), flush=True)
        """;

    private readonly Process _process;

    public PythonWorker()
    {
        var start = new ProcessStartInfo("python3")
        {
            ArgumentList = { "-I", "-B", "-c", Script },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin";
        _process = Process.Start(start)!;
    }

    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the Python worker ended");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
