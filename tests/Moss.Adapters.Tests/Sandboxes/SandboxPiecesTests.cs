using Moss.Processes;
using Moss.Sandboxes;
using Moss.Sandboxes.Ceilings;
using Moss.Sandboxes.Processes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Sandboxes;

public sealed class SandboxPiecesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_report_of_a_run_is_read_line_by_line()
    {
        BubblewrapStatus.Parse("{ \"child-pid\": 7, \"pid-namespace\": 4026532299 }\n{ \"exit-code\": 3 }\n").ShouldBe(new BubblewrapStatus(7, 4026532299, 3));
        BubblewrapStatus.Parse("{ \"child-pid\": 7, \"pid-names").ShouldBe(new BubblewrapStatus(null, null, null));
        BubblewrapStatus.Parse("").ShouldBe(new BubblewrapStatus(null, null, null));
    }

    [Theory]
    [InlineData("5:memory:/user/one", "30 20 0:25 / {0} rw,relatime - cgroup cgroup rw,memory", "memory", "/user/one")]
    [InlineData("5:cpu,memory:/user/one", "30 20 0:25 / {0} rw shared:5 - cgroup cgroup rw,cpu,memory", "memory", "/user/one")]
    [InlineData("5:memory:/docker/abc", "30 20 0:25 /docker/abc {0} rw - cgroup cgroup rw,memory", "memory", "")]
    [InlineData("5:memory:/docker/gone", "30 20 0:25 / {0} rw - cgroup cgroup rw,memory", "memory", "")]
    [InlineData("0::/user/one", "30 20 0:25 / {0} rw - cgroup2 cgroup2 rw,nsdelegate", "", "/user/one")]
    public void Our_own_control_group_is_found(string own, string mounts, string controller, string below)
    {
        Directory.CreateDirectory(folder.Combine("user", "one"));

        ControlGroupMount.Find(controller, own, mounts.Replace("{0}", folder.Path, StringComparison.Ordinal)).ShouldBe(folder.Path + below);
    }

    [Theory]
    [InlineData("5:pids:/", "30 20 0:25 / /sys rw - cgroup cgroup rw,pids")]
    [InlineData("", "30 20 0:25 / /sys rw - cgroup cgroup rw,memory")]
    [InlineData("5:memory:/", "30 20 0:25 / /sys rw - tmpfs tmpfs rw,memory")]
    [InlineData("5:memory:/", "nonsense\n")]
    public void A_controller_that_is_not_mounted_is_not_found(string own, string mounts) => ControlGroupMount.Find("memory", own, mounts).ShouldBeNull();

    [Fact]
    public void A_group_that_cannot_be_limited_is_not_left_behind()
    {
        var groups = new ControlGroupsVersion2(folder.Path, TimeProvider.System);

        // A plain folder has no control files; the kernel's would.
        Should.Throw<FileNotFoundException>(() => groups.Open(new SandboxLimits()));
        Directory.EnumerateDirectories(folder.Path).ShouldBeEmpty("a group that cannot be limited is not left behind");
        ControlGroupsVersion2.CanLimitBelow(folder.Path).ShouldBeFalse();

        folder.Write("cgroup.subtree_control", "cpu memory pids\n");
        ControlGroupsVersion2.CanLimitBelow(folder.Path).ShouldBeTrue();
    }

    [Fact]
    public void The_name_of_a_control_group_says_whose_it_is()
    {
        ControlGroupName.Owner(ControlGroupName.Next()).ShouldBe(ProcessTable.Self);
        ControlGroupName.Next().ShouldNotBe(ControlGroupName.Next());
        ControlGroupName.Owner("system.slice").ShouldBeNull();
        ControlGroupName.Owner("moss-run-1-nonsense").ShouldBeNull();
    }

    [Fact]
    public void A_folder_of_a_run_is_private_and_goes_with_all_that_the_run_made_in_it()
    {
        using var folders = new SandboxFolders(folder.Combine("sandboxes"));
        var precious = folder.Write("precious/file", "keep");
        var one = folders.Create();
        File.GetUnixFileMode(one.Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Directory.CreateSymbolicLink(Path.Combine(one.Path, "link"), folder.Combine("precious"));
        var locked = Directory.CreateDirectory(Path.Combine(one.Path, "locked"));
        File.WriteAllText(Path.Combine(locked.FullName, "file"), "x");
        locked.UnixFileMode = UnixFileMode.None;
        one.Dispose();

        Directory.Exists(one.Path).ShouldBeFalse();
        File.Exists(precious).ShouldBeTrue();
    }

    [Fact]
    public async Task The_sweep_takes_folders_of_the_dead_and_leaves_those_of_the_living_and_of_strangers()
    {
        using var folders = new SandboxFolders(folder.Combine("sandboxes"));
        using var mine = folders.Create();
        var self = ProcessTable.Self;
        var dead = folder.Write($"sandboxes/{self with { StartTicks = self.StartTicks + 1 }}.{Guid.NewGuid():N}/runs/1/file", "x");
        var reboot = folder.Write($"sandboxes/{self with { Boot = "another-boot" }}.{Guid.NewGuid():N}/file", "x");
        var stranger = folder.Write("sandboxes/notes/file", "x");

        var swept = await new SandboxSweep(folders, TimeProvider.System).RunAsync();

        swept.Folders.ShouldBe(2);
        File.Exists(dead).ShouldBeFalse();
        File.Exists(reboot).ShouldBeFalse();
        File.Exists(stranger).ShouldBeTrue();
        Directory.Exists(mine.Path).ShouldBeTrue();
    }

    [Fact]
    public async Task The_sweep_removes_control_groups_of_the_dead_alone()
    {
        using var folders = new SandboxFolders(folder.Combine("sandboxes"));
        var self = ProcessTable.Self;
        var dead = Directory.CreateDirectory(folder.Combine("groups", $"moss-run-9-{self with { StartTicks = self.StartTicks + 1 }}"));
        var living = Directory.CreateDirectory(folder.Combine("groups", $"moss-run-9-{self}"));

        (await new SandboxSweep(folders, TimeProvider.System).SweepGroupsAsync([folder.Combine("groups")])).ShouldBe(1);

        dead.Refresh();
        dead.Exists.ShouldBeFalse();
        living.Exists.ShouldBeTrue();
    }

    [Fact]
    public void Limits_of_a_second_are_rounded_up_and_never_nothing()
    {
        ResourceLimits.Prefix(new SandboxLimits { Cpu = TimeSpan.FromMilliseconds(10) }, wholeIsBound: true).ShouldContain("--cpu=1:2");
        ResourceLimits.Prefix(new SandboxLimits { Cpu = TimeSpan.FromMilliseconds(2500) }, wholeIsBound: true).ShouldContain("--cpu=3:4");
    }

    [Fact]
    public void The_etc_of_a_sandbox_holds_our_own_files_copies_of_harmless_ones_and_places_for_the_network_s()
    {
        var etc = PrivateEtc.WriteTo(folder.Combine("system"), ["/etc/resolv.conf", "/etc/ssl/certs"]);

        string[] always = ["group", "hosts", "nsswitch.conf", "passwd", "resolv.conf", "ssl"];
        string[] perhaps = ["alternatives", "ld.so.cache", "mime.types"];
        var names = Directory.EnumerateFileSystemEntries(etc.Folder).Select(path => Path.GetFileName(path)!).ToList();
        always.Except(names).ShouldBeEmpty();
        string[] runtimes = [.. Directory.EnumerateDirectories("/etc", "java-*-openjdk").Select(path => Path.GetFileName(path))];
        names.Except(always).Except(perhaps).ShouldBe(runtimes, ignoreOrder: true);
        runtimes.ShouldAllBe(runtime => Directory.EnumerateFiles(Path.Combine(etc.Folder, runtime), "jvm*.cfg").Any());
        new FileInfo(Path.Combine(etc.Folder, "resolv.conf")).Length.ShouldBe(0);
        new FileInfo(etc.Nothing).Length.ShouldBe(0);
        PrivateEtc.WriteTo(folder.Combine("system"), ["/etc/resolv.conf", "/etc/ssl/certs"]).ShouldBe(etc, "writing it again is no error");
    }
}
