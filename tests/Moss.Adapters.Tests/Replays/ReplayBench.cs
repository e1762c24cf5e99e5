using System.Text.Json.Nodes;
using Moss.Replays;
using Moss.Replays.Coverage;
using Moss.Replays.Sandboxed;
using Moss.Sandboxes;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Adapters.Tests.Replays;

/// <summary>A source tree, a scenario folder beside it, and a replayer on an engine.</summary>
internal sealed class ReplayBench : IDisposable
{
    private readonly TemporaryFolder root = new();
    private readonly SandboxFolders folders;

    public ReplayBench(ISandboxEngine? engine = null)
    {
        folders = new SandboxFolders(root.Combine("sandboxes"));
        Engine = engine ?? SandboxRegistration.CreateEngine(folders, allowUnlimitedProcesses: true);
        Replayer = new SandboxReplayer(Engine, folders, new PythonCoverage());
        Directory.CreateDirectory(Source);
        Directory.CreateDirectory(Graders);
    }

    public ISandboxEngine Engine { get; }

    public IReplayer Replayer { get; }

    public string Source => root.Combine("source");

    public string Graders => root.Combine("graders");

    public string Path(params ReadOnlySpan<string> parts) => root.Combine(parts);

    /// <summary>Folders that replays have left behind.</summary>
    public string[] Leftovers => Directory.GetDirectories(root.Combine("sandboxes"), "*", SearchOption.AllDirectories)
        .Where(folder => System.IO.Path.GetFileName(System.IO.Path.GetDirectoryName(folder)) == "runs").ToArray();

    public void Write(string path, string content) => root.Write($"source/{path}", content);

    public void WriteGrader(string path, string content) => root.Write($"graders/{path}", content);

    /// <summary>Passes when the answer is "ok", unless other graders are given.</summary>
    public ReplayRequest Request(params Grader[] graders) => new(
        new TrialStep(["python3", "main.py"]) { Timeout = TimeSpan.FromSeconds(20), Coverage = "python" },
        new ReplaySource.Tree(Source),
        new Scenario("s", "A task", JsonNode.Parse("""{"n":1}"""), graders.Length > 0 ? [.. graders] : [new Grader.Exact("ok", "ok")]) { Seed = 5, Clock = "2026-01-05T09:00:00Z" },
        Graders);

    public Task<Replay> ReplayAsync(ReplayRequest request) => Replayer.ReplayAsync(request, CancellationToken.None);

    /// <summary>Replays one Python program.</summary>
    public Task<Replay> ReplayAsync(string program, Func<ReplayRequest, ReplayRequest>? change = null)
    {
        Write("main.py", program);
        return ReplayAsync((change ?? (request => request))(Request()));
    }

    public void Dispose()
    {
        folders.Dispose();
        root.Dispose();
    }
}
