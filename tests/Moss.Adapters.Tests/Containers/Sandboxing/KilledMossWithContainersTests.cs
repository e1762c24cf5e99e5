using Moss.Adapters.Tests.Sandboxes;
using Moss.Containers.Sandboxing;
using Moss.Processes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Sandboxing;

/// <summary>A real process runs a container and is killed without warning.</summary>
[Collection(DockerCollection.Name)]
public sealed class KilledMossWithContainersTests(DockerUnderTest docker) : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string mark = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task The_container_of_a_Moss_that_was_killed_is_swept_up_with_all_that_ran_in_it()
    {
        var fifo = await Fifo.CreateAsync(folder.Combine("begun"));
        using var kill = new CancellationTokenSource();
        var invocation = Program.Start("container", docker.Server.Socket, docker.Server.Image, folder.Path, mark) with { Kill = KillPlan.AtOnce };
        var moss = new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System).RunAsync(invocation, kill.Token);
        var begun = Fifo.ReadAsync(fifo);
        if (await Task.WhenAny(moss, begun) == moss)
        {
            (await moss).ShouldBe(null, "it ended before its container began");
        }

        await kill.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(moss);
        ProcessTable.StartedWith("MOSS_TEST_MARK", mark).ShouldNotBeEmpty("the container outlives it");

        (await new DockerSweep(docker.Engine).RunAsync(CancellationToken.None)).ShouldBe(1);

        ProcessTable.StartedWith("MOSS_TEST_MARK", mark).ShouldBeEmpty();
        (await docker.Engine.Containers.ListAsync([ContainerOwner.Label], CancellationToken.None)).ShouldBeEmpty();
    }

    public void Dispose() => folder.Dispose();
}
