using System.Collections.Immutable;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Images;
using Moss.Containers.Sandboxing;
using Moss.Processes;
using Moss.Sandboxes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Sandboxing;

/// <summary>What the engine decides before it calls anybody.</summary>
public sealed class ContainerPiecesTests : IDisposable
{
    private static readonly string Id = "sha256:" + new string('a', 64);
    private static readonly SandboxUser Moss = new(1654, 1654, IsMoss: true);
    private static readonly HostPaths Machine = new(null);

    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("python:3.12", false)]
    [InlineData("latest", false)]
    [InlineData("sha256:abc", false)]
    [InlineData("name@sha256:abc", false)]
    [InlineData("", false)]
    public void A_name_that_may_mean_something_else_tomorrow_is_no_image(string image, bool good) => ContainerCheck.IsExact(image).ShouldBe(good);

    [Fact]
    public void An_id_and_a_digest_are()
    {
        ContainerCheck.IsExact(Id).ShouldBeTrue();
        ContainerCheck.IsExact($"registry:5000/name@{Id}").ShouldBeTrue();
        ContainerCheck.IsExact(Id.ToUpperInvariant()).ShouldBeFalse();
    }

    [Fact]
    public void What_this_engine_does_not_run_is_refused_with_the_name_of_its_field()
    {
        var spec = new SandboxSpec(["true"]);

        ContainerCheck.Problem(spec, new DockerSandboxOptions()).ShouldNotBeNull().ShouldStartWith("image: none");
        ContainerCheck.Problem(spec with { Image = "python" }, new DockerSandboxOptions { Image = Id }).ShouldNotBeNull().ShouldStartWith("image: 'python'");
        ContainerCheck.Problem(spec with { Network = SandboxNetwork.Host }, new DockerSandboxOptions { Image = Id }).ShouldNotBeNull().ShouldStartWith("network:");
        ContainerCheck.Problem(spec, new DockerSandboxOptions { Image = Id }).ShouldBeNull();
    }

    [Fact]
    public void A_later_mount_takes_the_place_of_what_it_covers()
    {
        var source = folder.Path;

        Targets(
            new SandboxMount.ReadOnly(source, "/moss/source/deep"),
            new SandboxMount.Writable(source, "/moss/source"),
            new SandboxMount.Empty("/moss/source/hidden"),
            new SandboxMount.ReadOnly(source, "/moss/source-of-another"),
            new SandboxMount.Empty("/moss/source/hidden")).ShouldBe(
            ["tmpfs /tmp", "tmpfs /tmp/home", "bind /moss/source", "bind /moss/source-of-another", "tmpfs /moss/source/hidden"]);
        Targets(new SandboxMount.Writable(source, "/tmp")).ShouldBe(["bind /tmp"]);
    }

    [Fact]
    public void A_source_is_named_as_the_daemon_knows_it()
    {
        var paths = new HostPaths([Mount("/var/lib/docker/volumes/data/_data", folder.Path)]);

        var (mounts, problem) = MountPlan.Of(Spec(new SandboxMount.ReadOnly(folder.Write("a/b", ""), "/moss/b"), new SandboxMount.ReadOnly("/dev/null", "/moss/c")), paths, Moss);

        problem.ShouldBeNull();
        mounts.Where(mount => mount.Type == "bind").Select(mount => mount.Source).ShouldBe(["/var/lib/docker/volumes/data/_data/a/b", "/dev/null"]);
        mounts.ShouldAllBe(mount => mount.Type == "tmpfs" || mount.ReadOnly);
    }

    [Theory]
    [InlineData("volume", "rslave")]
    [InlineData("bind", "rprivate")]
    public void What_lies_in_a_volume_is_mounted_as_the_daemon_wants_it_for_its_own_folders(string type, string propagation)
    {
        var paths = new HostPaths([new(type, "/var/lib/docker/volumes/data/_data", folder.Path, true)]);

        var (mounts, _) = MountPlan.Of(Spec(new SandboxMount.ReadOnly(folder.Write("a/b", ""), "/moss/b"), new SandboxMount.ReadOnly("/dev/null", "/moss/c")), paths, Moss);

        mounts.Where(mount => mount.Type == "bind").Select(mount => mount.BindOptions!.Propagation).ShouldBe([propagation, "rprivate"]);
    }

    [Fact]
    public void A_source_that_the_daemon_cannot_reach_is_refused_with_what_to_do()
    {
        var (_, problem) = MountPlan.Of(Spec(new SandboxMount.ReadOnly(folder.Path, "/moss/b")), new HostPaths([]), Moss);

        problem.ShouldNotBeNull().ShouldContain("put the data folder on a volume");
    }

    [Theory]
    [InlineData("/data", "/host/data")]
    [InlineData("/data/x/y", "/host/data/x/y")]
    [InlineData("/data/inner/z", "/other/z")]
    [InlineData("/database", null)]
    [InlineData("/", null)]
    [InlineData("/memory/x", null)]
    public void The_innermost_mount_says_where_a_file_lies(string path, string? onHost)
    {
        var paths = new HostPaths([Mount("/host/data", "/data"), Mount("/other/", "/data/inner"), new("tmpfs", "", "/memory", true)]);

        paths.OnHost(path).ShouldBe(onHost);
    }

    [Fact]
    public void Outside_of_a_container_a_path_is_what_it_is() => Machine.OnHost("/any/where").ShouldBe("/any/where");

    [Fact]
    public void The_id_of_the_own_container_is_read_from_its_mounts()
    {
        var id = new string('5', 64);

        OwnContainer.Id($"1 2 8:1 / / rw - overlay overlay rw\n3 4 8:1 /var/lib/docker/containers/{id}/resolv.conf /etc/resolv.conf rw - ext4 /dev/sda rw\n").ShouldBe(id);
        OwnContainer.Id("1 2 8:1 / / rw - ext4 /dev/sda rw\n").ShouldBeNull();
    }

    [Fact]
    public void A_sandbox_s_user_is_Moss_s_own_but_never_root()
    {
        SandboxUser.Choose(["Name:\tmoss", "Uid:\t1\t1654\t3\t4", "Gid:\t5\t1655\t7\t8"]).ShouldBe(new SandboxUser(1654, 1655, IsMoss: true));
        var other = SandboxUser.Choose(["Uid:\t0\t0\t0\t0", "Gid:\t0\t0\t0\t0"]);
        other.ShouldBe(new SandboxUser(1000, 1000, IsMoss: false));
        other.ToString().ShouldBe("1000:1000");
    }

    [Fact]
    public void Where_Moss_is_another_user_what_may_be_written_is_opened_without_following_links()
    {
        var tree = folder.Combine("tree");
        var file = folder.Write("tree/deep/file", "");
        var outside = folder.Write("outside", "");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(outside, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(Path.Combine(tree, "link"), outside);

        FilePermissions.Problem(tree, writable: true, new SandboxUser(1000, 1000, IsMoss: false)).ShouldBeNull();

        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        File.GetUnixFileMode(outside).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        FilePermissions.Problem(outside, writable: false, new SandboxUser(1000, 1000, IsMoss: false)).ShouldNotBeNull().ShouldContain("chmod");
        FilePermissions.Problem(outside, writable: false, Moss).ShouldBeNull();
    }

    [Fact]
    public void The_owner_of_a_container_is_read_back_from_its_label()
    {
        var here = ContainerOwner.Self("abc");

        ContainerOwner.Parse(here.ToString()).ShouldBe(new ContainerOwner("abc", ProcessTable.Self));
        ContainerOwner.Parse(ContainerOwner.Self(null).ToString()).ShouldBe(new ContainerOwner("", ProcessTable.Self));
        ContainerOwner.Parse("forged").ShouldBeNull();
        ContainerOwner.Parse("/1.x.y").ShouldBeNull();
    }

    [Fact]
    public void The_environment_is_the_image_s_the_spec_s_and_defaults_for_what_is_missing()
    {
        var image = new ImageDetails(Id, null, null, new ImageConfig(["PATH=/opt/venv/bin", "LANG=de"], null, null, null, null));
        var spec = new SandboxSpec(["run", "it"]) { Environment = ImmutableSortedDictionary<string, string>.Empty.Add("A", "=b\n").Add("LANG", "fr") };

        var container = TrialProfile.Of(spec, image, [], Moss, ContainerOwner.Self(null), new DockerSandboxOptions());

        container.Env.ShouldBe(["A==b\n", "HOME=/tmp/home", "LANG=fr", "TMPDIR=/tmp", "HOSTNAME"]);
        container.Image.ShouldBe(Id);
        container.Entrypoint.ShouldBe(["run"]);
        container.Cmd.ShouldBe(["it"]);
        container.OpenStdin.ShouldBeFalse();
    }

    [Fact]
    public void Volumes_of_the_image_become_bounded_memory_unless_the_spec_mounts_there()
    {
        var image = new ImageDetails(Id, null, null, new ImageConfig(null, null, new Dictionary<string, object> { ["/data/"] = 1, ["/more"] = 1 }, null, null));
        ImmutableArray<ContainerMount> mounts = [ContainerMount.Bind("/host", "/data", readOnly: true)];

        var host = TrialProfile.Of(Spec(), image, mounts, Moss, ContainerOwner.Self(null), new DockerSandboxOptions { Processors = 1.5, Runtime = "runsc" }).HostConfig!;

        host.Mounts!.Select(mount => $"{mount.Type} {mount.Target}").ShouldBe(["bind /data", "tmpfs /more"]);
        host.Tmpfs.ShouldBeEmpty();
        host.NanoCpus.ShouldBe(1_500_000_000);
        host.Runtime.ShouldBe("runsc");
    }

    [Fact]
    public void Folders_in_memory_belong_to_the_user_of_the_sandbox()
    {
        var spec = Spec() with { Limits = new SandboxLimits { TemporaryBytes = 5 } };
        var image = new ImageDetails(Id, null, null, null);

        var host = TrialProfile.Of(spec, image, MountPlan.Of(spec, Machine, Moss).Mounts, Moss, ContainerOwner.Self(null), new DockerSandboxOptions()).HostConfig!;

        host.Mounts.ShouldBeEmpty();
        host.Tmpfs!.Keys.ShouldBe(["/tmp", "/tmp/home"]);
        host.Tmpfs["/tmp"].ShouldBe("rw,noexec,nosuid,nodev,size=5,mode=1777,uid=1654,gid=1654");
    }

    public void Dispose() => folder.Dispose();

    private static SandboxSpec Spec(params SandboxMount[] mounts) => new(["true"]) { Mounts = [.. mounts] };

    private static ContainerMountPoint Mount(string source, string destination) => new("volume", source, destination, true);

    private static IEnumerable<string> Targets(params SandboxMount[] mounts) =>
        MountPlan.Of(Spec(mounts), Machine, Moss).Mounts.Select(mount => $"{mount.Type} {mount.Target}");
}
