using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

public sealed class LeasingTests : WorkspaceTest
{
    [Fact]
    public async Task A_lease_is_plain_files_without_history()
    {
        var lease = await LeaseAsync("0123.i1.implement.r1");

        File.ReadAllText(Path.Combine(lease.Path, "README.md")).ShouldBe("# Desk\n");
        Directory.GetFileSystemEntries(lease.Path).Select(Path.GetFileName).Order().ShouldBe(["README.md", "src"]);
        lease.Start.Value.ShouldBe(Source.Head);
        lease.Path.ShouldStartWith(Data.Combine("worktrees"));
    }

    [Fact]
    public async Task What_a_killed_run_left_is_thrown_away()
    {
        var first = await LeaseAsync();
        Write(first, "README.md", "broken");
        Write(first, "new.txt", "broken");

        var second = await Create().LeaseAsync(Source.Path, "lease", first.Start, None);

        second.Path.ShouldBe(first.Path);
        File.ReadAllText(Path.Combine(second.Path, "README.md")).ShouldBe("# Desk\n");
        File.Exists(Path.Combine(second.Path, "new.txt")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_folder_that_nobody_may_enter_is_thrown_away_too()
    {
        var lease = await LeaseAsync();
        Write(lease, "locked/inner/file", "x");
        File.SetUnixFileMode(Path.Combine(lease.Path, "locked", "inner"), UnixFileMode.None);
        File.SetUnixFileMode(Path.Combine(lease.Path, "locked"), UnixFileMode.None);

        await Git.ReleaseAsync(lease, None);

        Directory.GetFileSystemEntries(Data.Combine("worktrees")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Releasing_removes_everything_and_may_be_repeated()
    {
        var lease = await LeaseAsync();
        var target = Data.Write("outside/kept.txt", "kept");
        Directory.CreateSymbolicLink(Path.Combine(lease.Path, "link"), Path.GetDirectoryName(target)!);

        await Git.ReleaseAsync(lease, None);
        await Git.ReleaseAsync(lease, None);

        Directory.GetFileSystemEntries(Data.Combine("worktrees")).ShouldBeEmpty();
        File.Exists(target).ShouldBeTrue();
    }

    [Fact]
    public async Task A_released_lease_cannot_be_read()
    {
        var lease = await LeaseAsync();
        await Git.ReleaseAsync(lease, None);

        await Should.ThrowAsync<InvalidOperationException>(() => Git.ChangesAsync(lease, None));
    }

    [Fact]
    public async Task A_sweep_keeps_live_names_and_counts_the_others()
    {
        await LeaseAsync("one");
        var live = await LeaseAsync("evo/ü: two");
        await LeaseAsync("three");

        (await Create().SweepAsync(new HashSet<string> { "evo/ü: two" }, None)).ShouldBe(2);

        Directory.Exists(live.Path).ShouldBeTrue();
        (await Git.SweepAsync(new HashSet<string>(), None)).ShouldBe(1);
        (await Git.SweepAsync(new HashSet<string>(), None)).ShouldBe(0);
    }

    [Fact]
    public async Task A_sweep_before_any_lease_finds_nothing() => (await Git.SweepAsync(new HashSet<string>(), None)).ShouldBe(0);

    [Theory]
    [InlineData("abc.i1.implement.r2", "abc.i1.implement.r2")]
    [InlineData("../up", "%2e.%2fup")]
    [InlineData(".hidden", "%2ehidden")]
    [InlineData("a%2fb", "a%252fb")]
    public void Names_become_safe_folder_names(string name, string folder) => LeaseFolder.FolderName(name).ShouldBe(folder);

    [Fact]
    public void Long_names_stay_apart()
    {
        var name = new string('x', 400);

        LeaseFolder.FolderName(name + "a").ShouldNotBe(LeaseFolder.FolderName(name + "b"));
        LeaseFolder.FolderName(name).Length.ShouldBeLessThan(255);
    }
}
