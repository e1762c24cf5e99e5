using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Replays;

/// <summary>An engine that does what the test says; it can write into the folders that the spec mounts writable.</summary>
internal sealed class FakeEngine(Func<SandboxSpec, SandboxResult> run) : ISandboxEngine
{
    public List<SandboxSpec> Specs { get; } = [];

    public string Name => "fake";

    public Task<SandboxResult> RunAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Specs.Add(spec);
        return Task.FromResult(run(spec));
    }

    /// <summary>The host's path behind a mount.</summary>
    public static string Source(SandboxSpec spec, string target) => spec.Mounts.Last(mount => mount.Target == target) switch
    {
        SandboxMount.ReadOnly mount => mount.Source,
        SandboxMount.Writable mount => mount.Source,
        _ => throw new InvalidOperationException($"{target} has no source"),
    };

    /// <summary>Ends well after leaving an answer.</summary>
    public static SandboxResult Leave(SandboxSpec spec, string answer)
    {
        File.WriteAllText(Path.Combine(Source(spec, "/moss/out"), "answer.json"), answer);
        return new SandboxResult.Exited(0);
    }
}
