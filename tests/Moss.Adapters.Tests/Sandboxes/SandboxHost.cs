using System.Collections.Immutable;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Sandboxes;

/// <summary>Stands for a Moss that is about to be killed: runs one sandbox that never ends.</summary>
internal static class SandboxHost
{
    public static async Task<int> RunAsync(string folder, string mark)
    {
        using var folders = new SandboxFolders(Path.Combine(folder, "sandboxes"));
        using var scratch = folders.Create();
        await SandboxRegistration.CreateEngine(folders).RunAsync(
            new SandboxSpec(["/bin/sh", "-c", "sleep 1000 & setsid sleep 1000 & echo yes > /moss/out/begun; wait"])
            {
                Mounts = [new SandboxMount.Writable(folder, "/moss/out")],
                Environment = ImmutableSortedDictionary<string, string>.Empty.Add("MOSS_TEST_MARK", mark),
                Limits = new SandboxLimits { WallClock = TimeSpan.FromMinutes(10) },
            },
            CancellationToken.None);
        return 0;
    }
}
