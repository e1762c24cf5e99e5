using Moss.Processes;
using Moss.Sandboxes;
using Moss.Sandboxes.Ceilings;
using Moss.Testing;

namespace Moss.Adapters.Tests.Sandboxes;

/// <summary>A real process runs a sandbox and is killed without warning.</summary>
public sealed class KilledMossTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string mark = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task When_Moss_is_killed_its_sandboxes_die_and_the_next_start_sweeps_up_what_lies_about()
    {
        var dead = await KillOneThatRunsASandboxAsync();

        foreach (var process in ProcessTable.StartedWith("MOSS_TEST_MARK", mark))
        {
            await ProcessLauncher.Shared.EndOfAsync(process.Pid, () => ProcessTable.IsAlive(process)).WaitAsync(TimeSpan.FromSeconds(20));
        }

        ProcessTable.StartedWith("MOSS_TEST_MARK", mark).ShouldBeEmpty();

        using var folders = new SandboxFolders(folder.Combine("sandboxes"));
        using var mine = folders.Create();
        var swept = await new SandboxSweep(folders, TimeProvider.System).RunAsync();

        swept.Folders.ShouldBe(1);
        Directory.Exists(mine.Path).ShouldBeTrue("what a living Moss uses is left alone");
        MachineCeilings.Roots().SelectMany(root => Directory.EnumerateDirectories(root, $"*{dead}")).ShouldBeEmpty();
    }

    public void Dispose() => folder.Dispose();

    private async Task<ProcessIdentity> KillOneThatRunsASandboxAsync()
    {
        var fifo = await Fifo.CreateAsync(folder.Combine("begun"));
        using var kill = new CancellationTokenSource();
        var invocation = Program.Start("sandbox", folder.Path, mark) with { Kill = KillPlan.AtOnce };
        var moss = new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System).RunAsync(invocation, kill.Token);
        var begun = Fifo.ReadAsync(fifo);
        if (await Task.WhenAny(moss, begun) == moss)
        {
            (await moss).ShouldBe(null, "it ended before its sandbox began");
        }

        await begun;
        ProcessTable.StartedWith("MOSS_TEST_MARK", mark).ShouldNotBeEmpty();
        var name = Path.GetFileName(Directory.EnumerateDirectories(folder.Combine("sandboxes")).ShouldHaveSingleItem());
        var identity = SandboxFolders.Owner(name).ShouldNotBeNull();
        ProcessTable.IsAlive(identity).ShouldBeTrue();

        await kill.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(moss);
        ProcessTable.IsAlive(identity).ShouldBeFalse();
        return identity;
    }
}
