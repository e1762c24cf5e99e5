using System.Collections.Immutable;
using Moss.Processes;
using Moss.Sandboxes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Sandboxes;

/// <summary>What every sandbox engine owes. An engine's tests inherit it and say how the engine is made.</summary>
public abstract partial class SandboxConformance : IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>The engine under test.</summary>
    protected abstract ISandboxEngine Engine { get; }

    /// <summary>A word in the environment of everything inside, by which the host finds what is left of a run.</summary>
    protected string Mark { get; } = Guid.NewGuid().ToString("N");

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Folder.Dispose();

    /// <summary>A folder of the host that the engine may mount.</summary>
    protected virtual string HostFolder(string name) => Directory.CreateDirectory(Folder.Combine(name)).FullName;

    protected SandboxSpec Shell(string script, params ReadOnlySpan<SandboxMount> mounts) => Spec(["/bin/sh", "-c", script], mounts);

    protected SandboxSpec Python(string script, params ReadOnlySpan<SandboxMount> mounts) => Spec(["/usr/bin/python3", "-S", "-c", script], mounts);

    protected async Task<SandboxResult.Exited> ExitAsync(SandboxSpec spec)
    {
        var result = await Engine.RunAsync(spec, CancellationToken.None);
        return result.ShouldBeOfType<SandboxResult.Exited>($"{result}");
    }

    protected async Task<string> OutputAsync(SandboxSpec spec)
    {
        var result = await ExitAsync(spec);
        result.Code.ShouldBe(0, result.Error);
        return result.Output.Trim();
    }

    /// <summary>Processes of this test's runs that are still there.</summary>
    protected IReadOnlyList<ProcessIdentity> Left() => ProcessTable.StartedWith("MOSS_TEST_MARK", Mark);

    private SandboxSpec Spec(ImmutableArray<string> command, ReadOnlySpan<SandboxMount> mounts) => new(command)
    {
        Mounts = [.. mounts],
        Environment = ImmutableSortedDictionary<string, string>.Empty.Add("MOSS_TEST_MARK", Mark),
        Limits = new SandboxLimits { WallClock = TimeSpan.FromSeconds(60) },
    };
}
