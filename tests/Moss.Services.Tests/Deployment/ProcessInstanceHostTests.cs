using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Moss.Deployment;
using Moss.Deployment.Instances;
using Moss.Processes;

namespace Moss.Services.Tests.Deployment;

/// <summary>The process target on real processes.</summary>
public sealed class ProcessInstanceHostTests : InstanceHostConformance
{
    private DeploymentFolders Folders => new(Options.Create(new DeploymentOptions { Folder = Folder.Combine("deployments") }));

    private protected override IInstanceHost Host => new ProcessInstanceHost(new DetachedProcesses(ProcessLauncher.Shared, TimeProvider.System), Folders);

    [Fact]
    public async Task It_runs_in_its_tree()
    {
        await StartAsync("pwd > \"$MOSS_STATE/out.tmp\"; mv \"$MOSS_STATE/out.tmp\" \"$MOSS_STATE/out\"");

        (await ReadAsync("out")).Trim().ShouldBe(Folder.Combine("tree"));
    }

    [Fact]
    public async Task A_process_that_left_a_child_behind_still_lives_and_can_be_stopped()
    {
        var process = await StartAsync("setsid sh -c 'echo up > \"$MOSS_STATE/child\"; sleep 1000' & exit 0");
        await ReadAsync("child");
        using var patience = new CancellationTokenSource(World.Patience);
        await Host.EndOfAsync(Instance, process, patience.Token);

        (await Host.LivesAsync(Instance, process, default)).ShouldBeTrue();
        await Host.StopAsync(Instance with { Grace = TimeSpan.FromMilliseconds(200) }, process);
        (await Host.LivesAsync(Instance, process, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_program_of_the_tree_is_started_by_its_path_in_the_tree()
    {
        var script = Folder.Write("tree/run.sh", "#!/bin/sh\nsleep 1000\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        (await Host.StartAsync(Launch(["./run.sh"]))).ShouldBeOfType<InstanceStart.Running>();
    }

    private protected override InstanceLaunch Launch(ImmutableArray<string> command)
    {
        Directory.CreateDirectory(Folder.Combine("tree"));
        Folders.Make(Substrate);
        return new InstanceLaunch(
            Substrate, Instance, Step(command), Folder.Combine("tree"), Folders.State(Substrate), Folders.Log(Substrate, Instance.Marker));
    }

    private protected override Task<string?> TryReadAsync(string file)
    {
        var path = Path.Combine(Folders.State(Substrate), file);
        return Task.FromResult(File.Exists(path) ? File.ReadAllText(path) : null);
    }
}
