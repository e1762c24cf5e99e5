using System.Collections.Immutable;
using Moss.Deployment.Instances;
using Moss.Domain.Promotion;
using Moss.Processes;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment;

/// <summary>The process target on real processes.</summary>
public sealed class ProcessInstanceHostTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ProcessInstanceHost host = new(new DetachedProcesses(ProcessLauncher.Shared, TimeProvider.System));
    private readonly Instance instance =
        new($"test-{Guid.NewGuid():n}", new DeployedVersion("c", "t", "c"), 0) { Grace = TimeSpan.FromMilliseconds(200) };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => host.StopAsync(instance, null);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_starts_in_the_tree_with_the_declared_environment_and_nothing_of_ours()
    {
        await StartAsync("env > out.tmp; pwd >> out.tmp; mv out.tmp \"$MOSS_STATE/out\"; sleep 1000");

        var seen = await ReadAsync("out");

        seen.ShouldContain(folder.Combine("tree"));
        seen.ShouldContain("COLOUR=green");
        seen.ShouldNotContain("DOTNET");
    }

    [Fact]
    public async Task It_is_found_by_its_marker_alone()
    {
        var process = await StartAsync("sleep 1000");

        host.Find(instance).ShouldBe(process);
        host.Lives(instance, null).ShouldBeTrue();
        host.ProcessesOf(instance, null).ShouldContain(process.Pid);
    }

    [Fact]
    public async Task Stopping_ends_everything_that_belongs_to_it_also_in_other_sessions()
    {
        await StartAsync("setsid sh -c 'trap \"\" TERM; echo up > \"$MOSS_STATE/child\"; while :; do sleep 1; done' & sleep 1000");
        await ReadAsync("child");

        await host.StopAsync(instance, host.Find(instance));

        host.Lives(instance, null).ShouldBeFalse();
    }

    [Fact]
    public async Task A_process_that_left_a_child_behind_still_lives_and_can_be_stopped()
    {
        var process = await StartAsync("setsid sh -c 'echo up > \"$MOSS_STATE/child\"; sleep 1000' & exit 0");
        await ReadAsync("child");
        using var patience = new CancellationTokenSource(World.Patience);
        await host.EndOfAsync(process, patience.Token);

        host.Lives(instance, process).ShouldBeTrue();
        await host.StopAsync(instance, process);
        host.Lives(instance, process).ShouldBeFalse();
    }

    [Fact]
    public async Task Stopping_what_does_not_run_is_fine() => await host.StopAsync(instance, new InstanceProcess(1, 2, "another boot"));

    [Fact]
    public async Task What_cannot_be_started_is_refused_with_the_reason()
    {
        var start = await host.StartAsync(Launch(["./no-such-program"]));

        start.ShouldBeOfType<InstanceStart.Refused>().Reason.ShouldContain("no-such-program");
    }

    [Fact]
    public async Task A_program_of_the_tree_is_started_by_its_path_in_the_tree()
    {
        var script = folder.Write("tree/run.sh", "#!/bin/sh\nsleep 1000\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        (await host.StartAsync(Launch(["./run.sh"]))).ShouldBeOfType<InstanceStart.Running>();
    }

    private async Task<InstanceProcess> StartAsync(string script) =>
        (await host.StartAsync(Launch(["/bin/sh", "-c", script]))).ShouldBeOfType<InstanceStart.Running>().Process;

    private InstanceLaunch Launch(ImmutableArray<string> command)
    {
        Directory.CreateDirectory(folder.Combine("tree"));
        Directory.CreateDirectory(folder.Combine("state"));
        var deploy = new DeployStep(command) { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("COLOUR", "green") };
        return new InstanceLaunch(instance, deploy, folder.Combine("tree"), folder.Combine("state"), folder.Combine("log"));
    }

    private async Task<string> ReadAsync(string file)
    {
        using var patience = new CancellationTokenSource(World.Patience);
        var path = folder.Combine("state", file);
        while (!File.Exists(path))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        return await File.ReadAllTextAsync(path, patience.Token);
    }
}
