using Moss.Containers.Engine.Containers;
using Moss.Deployment.Instances.Containers;
using Moss.Domain.Watching;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>What every engine remembers of how a container ended.</summary>
public abstract class EngineMemoryConformance : IAsyncLifetime
{
    private readonly string name = $"desk-{Guid.NewGuid():n}";

    private protected abstract IInstanceEngine Engine { get; }

    private protected abstract TimeProvider Clock { get; }

    /// <summary>Of a container that runs until it is told to end.</summary>
    private protected abstract ContainerSpec Lasting { get; }

    /// <summary>Of one that ends at once, with exit code 1.</summary>
    private protected abstract ContainerSpec Ending { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Engine.RemoveAsync(name);

    [Fact]
    public async Task One_that_ends_by_itself_is_remembered_with_its_exit_code_by_its_id_alone()
    {
        await Engine.MakeAsync(name, Ending);
        await Engine.StartAsync(name);
        await Engine.EndOfAsync(name, default);

        var (seen, memory) = await LookAsync();

        (seen.Runs, seen.ExitCode, seen.Restarts, seen.OutOfMemory).ShouldBe((false, 1, 0, false));
        (memory.End(), memory.ExitCode, memory.OutOfMemory).ShouldBe((ContainerEnd.ByItself, 1, false));
        (await Engine.RememberAsync(name + "-none", Clock.GetUtcNow(), default)).Doings.ShouldBeEmpty();
    }

    [Fact]
    public async Task One_that_was_told_to_end_did_not_end_by_itself()
    {
        await Engine.MakeAsync(name, Lasting);
        await Engine.StartAsync(name);
        await Engine.SignalAsync(name, "SIGKILL");
        await Engine.EndOfAsync(name, default);

        (await LookAsync()).Memory.End().ShouldBe(ContainerEnd.Stopped);
    }

    [Fact]
    public async Task One_that_runs_was_seen_to_start_and_not_to_end()
    {
        await Engine.MakeAsync(name, Lasting);
        await Engine.StartAsync(name);

        var (seen, memory) = await LookAsync();

        seen.Runs.ShouldBeTrue();
        (memory.End(), memory.ExitCode).ShouldBe((ContainerEnd.NotSeen, null));
        memory.Doings.ShouldHaveSingleItem().Action.ShouldBe(EngineDoing.Started);
    }

    // As a watch does: from the start of the container on.
    private async Task<(SeenContainer Seen, EngineMemory Memory)> LookAsync()
    {
        var seen = (await Engine.FindAsync((await Engine.FindAsync(name, default))!.Id, default))!;
        return (seen, (await Engine.RememberAsync(seen.Id, Clock.GetUtcNow(), default)).Since(seen.StartedAt!.Value));
    }
}

public sealed class FakeEngineMemoryTests : EngineMemoryConformance
{
    private readonly HurryingClock clock = new();
    private readonly FakeEngine engine;

    public FakeEngineMemoryTests() => engine = new FakeEngine(clock);

    private protected override IInstanceEngine Engine => engine;

    private protected override TimeProvider Clock => clock;

    private protected override ContainerSpec Lasting => Named("healthy");

    private protected override ContainerSpec Ending => Named("boot");

    private static ContainerSpec Named(string image) => new(image) { Labels = new Dictionary<string, string>() };
}

[Collection(DockerCollection.Name)]
public sealed class InstanceEngineMemoryTests(DockerUnderTest docker) : EngineMemoryConformance
{
    private protected override IInstanceEngine Engine { get; } = new InstanceEngine(docker.Engine);

    private protected override TimeProvider Clock => TimeProvider.System;

    private protected override ContainerSpec Lasting => Runs("exec sleep 1000");

    private protected override ContainerSpec Ending => Runs("exit 1");

    private ContainerSpec Runs(string command) =>
        new(docker.Server.Image) { Cmd = ["sh", "-c", command], HostConfig = new HostConfig { NetworkMode = "none" } };
}
