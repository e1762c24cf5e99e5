using System.Collections.Immutable;
using Moss.Containers.Engine;
using Moss.Containers.Sandboxing;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Containers;

/// <summary>Stands for a Moss that is about to be killed: runs one container that never ends.</summary>
internal static class ContainerHost
{
    public static async Task<int> RunAsync(string socket, string image, string folder, string mark)
    {
        using var engine = new EngineClient(new EngineOptions { Socket = socket }, TimeProvider.System);
        await new DockerSandboxEngine(engine, new DockerSandboxOptions { Image = image }, TimeProvider.System).RunAsync(
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
