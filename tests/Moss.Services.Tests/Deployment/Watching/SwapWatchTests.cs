using System.Text.Json.Nodes;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>A promoted swap that fails in production, on a real engine.</summary>
[Collection(DockerCollection.Name)]
public sealed class SwapWatchTests(DockerUnderTest docker)
{
    /// <summary>Makes the server the one that the kernel kills, and takes what memory there is, to a bound.</summary>
    private const string Hoard = """
        import os
        for process in filter(str.isdigit, os.listdir("/proc")):
            if open(f"/proc/{process}/cmdline", "rb").read().split(b"\0")[:2] == [b"python3", b"server.py"]:
                open(f"/proc/{process}/oom_score_adj", "w").write("1000")
        hoard = [os.urandom(1 << 20) for _ in range(256)]
        """;

    [Theory]
    [InlineData("no", "its container ended with exit code 137; it printed last: ")]
    [InlineData("always", "its container ended with exit code 137 and the engine started it again, ")]
    public async Task One_that_ends_is_taken_back_to_the_container_before_and_its_batch_is_open_again(string restartPolicy, string reason)
    {
        await using var watch = await SwapWatch.BegunAsync(docker, restartPolicy);

        await watch.Subject.CrashAsync();
        await watch.LookAsync();

        await watch.ShouldBeRolledBackAsync(reason);
    }

    [Fact]
    public async Task One_that_runs_out_of_memory_is_taken_back_and_the_reason_says_so()
    {
        await using var watch = await SwapWatch.BegunAsync(docker, "no", body =>
        {
            var host = (JsonObject)body["HostConfig"]!;
            (host["Memory"], host["MemorySwap"]) = (64L << 20, 64L << 20);
        });

        await watch.Subject.ExecAsync("python3", "-c", Hoard);
        await Eventually.HoldsAsync(async () => (await watch.Subject.InspectAsync())["State"]!["OOMKilled"]!.GetValue<bool>());
        await watch.LookAsync();

        await watch.ShouldBeRolledBackAsync("its container ran out of memory with exit code 137: the kernel killed a process in it; it printed last: ");
    }

    [Fact]
    public async Task One_that_a_person_restarts_at_the_engine_is_watched_on()
    {
        await using var watch = await SwapWatch.BegunAsync(docker, "no");

        await watch.Subject.Containers.StopAsync(watch.Subject.Name, TimeSpan.FromSeconds(5), default);
        await watch.Subject.Containers.StartAsync(watch.Subject.Name, default);
        await watch.LookAsync();

        await watch.ShouldBeWatchedOnAsync(repairs: 0);
    }
}
