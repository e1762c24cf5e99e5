using Moss.Adapters.Tests.Sandboxes;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Images;
using Moss.Containers.Sandboxing;
using Moss.Sandboxes;

namespace Moss.Adapters.Tests.Containers.Sandboxing;

/// <summary>The engine that runs images, on a real daemon.</summary>
[Collection(DockerCollection.Name)]
public sealed class DockerSandboxEngineTests(DockerUnderTest docker) : SandboxConformance
{
    protected override ISandboxEngine Engine { get; } =
        new DockerSandboxEngine(docker.Engine, new DockerSandboxOptions { Image = docker.Server.Image }, TimeProvider.System);

    [Fact]
    public void It_has_the_name_that_configuration_uses() => Engine.Name.ShouldBe("docker");

    [Fact]
    public async Task The_kernel_enforces_the_profile()
    {
        var output = HostFolder("out");
        var (spec, begun) = await EndlessAsync();
        using var stop = new CancellationTokenSource();
        var run = Engine.RunAsync(spec with { Purpose = new SandboxPurpose("evolution-1", "trial"), Limits = spec.Limits with { Processes = 30 } }, stop.Token);
        await begun;

        var mine = (await docker.Engine.Containers.ListAsync(["moss.evolution=evolution-1", "moss.stage=trial"], CancellationToken.None)).ShouldHaveSingleItem();
        var raw = await docker.Engine.Containers.InspectRawAsync(mine.Id, CancellationToken.None);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);

        var host = raw["HostConfig"]!;
        host["NetworkMode"]!.GetValue<string>().ShouldBe("none");
        host["ReadonlyRootfs"]!.GetValue<bool>().ShouldBeTrue();
        host["CapDrop"]!.ToJsonString().ShouldBe("[\"ALL\"]");
        host["SecurityOpt"]!.ToJsonString().ShouldBe("[\"no-new-privileges\"]");
        host["PidsLimit"]!.GetValue<int>().ShouldBe(31);
        host["MemorySwap"]!.GetValue<long>().ShouldBe(spec.Limits.MemoryBytes);
        host["LogConfig"]!["Type"]!.GetValue<string>().ShouldBe("none");
        raw["Config"]!["User"]!.GetValue<string>().ShouldNotStartWith("0");
        Directory.Exists(output).ShouldBeTrue();
    }

    [Fact]
    public async Task Nothing_is_left_at_the_engine_whatever_way_a_run_ends()
    {
        var spec = Shell("exit 3");
        await ExitAsync(spec);
        await Engine.RunAsync(Shell("sleep 100") with { Limits = spec.Limits with { WallClock = TimeSpan.FromMilliseconds(300) } }, CancellationToken.None);
        await Engine.RunAsync(spec with { WorkingDirectory = "/etc/passwd" }, CancellationToken.None);

        (await docker.Engine.Containers.ListAsync([ContainerOwner.Label], CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_is_silent_for_too_long_is_killed_and_it_is_said_why()
    {
        var spec = Shell("echo a; sleep 100");

        var result = await Engine.RunAsync(spec with { Limits = spec.Limits with { Idle = TimeSpan.FromSeconds(1) } }, CancellationToken.None);

        result.ShouldBeOfType<SandboxResult.TimedOut>().Idle.ShouldBeTrue();
        result.Output.ShouldBe("a\n");
        Left().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_image_that_is_not_there_says_so()
    {
        var missing = "sha256:" + new string('0', 64);

        var result = await Engine.RunAsync(Shell("true") with { Image = missing }, CancellationToken.None);

        result.ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldContain(missing);
    }

    [Fact]
    public async Task A_daemon_that_is_not_there_says_so()
    {
        using var nobody = new EngineClient(new EngineOptions { Socket = Folder.Combine("docker.sock") }, TimeProvider.System);

        var result = await new DockerSandboxEngine(nobody, new DockerSandboxOptions { Image = docker.Server.Image }, TimeProvider.System)
            .RunAsync(Shell("true"), CancellationToken.None);

        result.ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldContain("Is the daemon running");
    }

    [Fact]
    public async Task A_hostile_image_gains_nothing_by_its_own_settings()
    {
        var dockerfile = """
            FROM moss-test:small
            USER root
            VOLUME /data
            ENV HOSTNAME=image FROM_IMAGE=yes
            LABEL moss.owner=forged moss.stage=forged
            HEALTHCHECK --interval=1s CMD ["/bin/true"]
            STOPSIGNAL 99
            ENTRYPOINT ["/bin/echo", "entry point"]
            """;
        var build = await docker.Engine.Images.BuildAsync(
            TarPacking.Files([new("Dockerfile", System.Text.Encoding.UTF8.GetBytes(dockerfile))]), new ImageBuildRequest(), null, CancellationToken.None);
        var image = build.ShouldBeOfType<ImageBuild.Built>(build.ToString()).Image;
        var spec = Shell("id -u; echo $FROM_IMAGE; dd if=/dev/zero of=/data/big bs=1M count=8 2>/dev/null && echo unbounded; ls -A /data | wc -l");

        var seen = await OutputAsync(spec with { Image = image, Limits = spec.Limits with { TemporaryBytes = 4 << 20 } });

        seen.ShouldBe("1000\nyes\n1");
    }

    [Fact]
    public async Task Whose_Moss_is_someone_else_s_a_file_of_root_alone_is_not_mounted()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return;
        }

        var secret = Path.Combine(HostFolder("secrets"), "key");
        await File.WriteAllTextAsync(secret, "secret");
        File.SetUnixFileMode(secret, UnixFileMode.UserRead);

        var result = await Engine.RunAsync(Shell("cat /moss/key", new SandboxMount.ReadOnly(secret, "/moss/key")), CancellationToken.None);

        result.ShouldBeOfType<SandboxResult.Unavailable>().Reason.ShouldContain("chmod -R o+rX");
    }

    [Fact]
    public async Task The_sweep_leaves_alone_what_a_living_Moss_runs()
    {
        var (spec, begun) = await EndlessAsync();
        using var stop = new CancellationTokenSource();
        var run = Engine.RunAsync(spec, stop.Token);
        await begun;

        (await new DockerSweep(docker.Engine).RunAsync(CancellationToken.None)).ShouldBe(0);

        run.IsCompleted.ShouldBeFalse();
        Left().ShouldNotBeEmpty();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(run);
    }
}
