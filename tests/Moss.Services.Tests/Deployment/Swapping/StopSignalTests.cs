using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>A program that wants another signal than TERM, as databases do, and takes its time to put its state in order.</summary>
[Collection(DockerCollection.Name)]
public sealed class StopSignalTests(DockerUnderTest docker)
{
    private const string Script = """
        import signal, sys, time
        def leave(*_):
            time.sleep(1.5)
            open("/state/orderly", "a").write("left\n")
            sys.exit(0)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        signal.signal(signal.SIGINT, leave)
        exec(open("server.py").read())
        """;

    [Fact]
    public async Task It_is_asked_by_its_own_signal_and_ends_by_itself_before_the_next_one_starts()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, Patient);
        var before = await subject.IdAsync();
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));

        (await subject.Containers.InspectAsync(before, default)).State.ExitCode.ShouldBe(0);
        var promoted = await subject.IdAsync();
        await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default);
        (await subject.Containers.InspectAsync(promoted, default)).State.ExitCode.ShouldBe(0);
        (await StateVolume.TryReadAsync(docker.Engine, subject.Name, "/state/orderly")).ShouldBe("left\nleft\n");
        await subject.AssertOneAsync("healthy");
    }

    private static void Patient(JsonObject body)
    {
        body["StopSignal"] = "SIGINT";
        body["Cmd"] = new JsonArray("python3", "-c", Script);
    }
}
