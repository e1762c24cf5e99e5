using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.Options;
using Moss.Containers.Engine.Containers;
using Moss.Deployment;
using Moss.Deployment.Instances;
using Moss.Deployment.Instances.Containers;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Probing;
using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>The container target on a real daemon.</summary>
[Collection(DockerCollection.Name)]
public sealed class ContainerInstanceHostTests(DockerUnderTest docker) : InstanceHostConformance
{
    private const string State = "/var/lib/desk";

    private readonly InstanceEngine engine = new(docker.Engine);

    private IOptions<DeploymentOptions> Settings => Options.Create(
        new DeploymentOptions { Folder = Folder.Combine("deployments"), Engine = "docker", Network = docker.Network, EnginePatience = TimeSpan.Zero });

    private DeploymentFolders Folders => new(Settings);

    private ContainerReach Reach => new(engine, Finder, new ContainerPlace(engine, Settings), TimeProvider.System);

    private ContainerFinder Finder => new(new SwapPlaces(new SwapEngine(docker.Engine, TimeProvider.System), Folders));

    private string Container => ContainerNames.Of(Instance);

    private protected override IInstanceHost Host
    {
        get
        {
            var folders = Folders;
            return new ContainerInstanceHost(engine, new ContainerLogs(engine, folders), folders, Settings, TimeProvider.System);
        }
    }

    [Fact]
    public async Task The_container_has_the_profile_of_production()
    {
        await StartAsync("sleep 1000");

        var raw = await docker.Engine.Containers.InspectRawAsync(Container, default);

        var host = raw["HostConfig"]!;
        host["RestartPolicy"]!["Name"]!.GetValue<string>().ShouldBe("no");
        host["CapDrop"]!.ToJsonString().ShouldBe("[\"ALL\"]");
        host["SecurityOpt"]!.ToJsonString().ShouldBe("[\"no-new-privileges\"]");
        host["ReadonlyRootfs"]!.GetValue<bool>().ShouldBeTrue();
        host["Init"]!.GetValue<bool>().ShouldBeTrue();
        host["Memory"]!.GetValue<long>().ShouldBe(128L << 20);
        host["MemorySwap"]!.GetValue<long>().ShouldBe(128L << 20);
        host["PidsLimit"]!.GetValue<long>().ShouldBe(64);
        host["LogConfig"]!["Config"]!["max-size"]!.GetValue<string>().ShouldBe("8m");
        host["NetworkMode"]!.GetValue<string>().ShouldBe(docker.Network);
        raw["Image"]!.GetValue<string>().ShouldBe(docker.Server.Image);
        raw["Config"]!["Labels"]!["moss.substrate"]!.GetValue<string>().ShouldBe(Substrate);
        raw["Config"]!["Labels"]!["moss.instance"]!.GetValue<string>().ShouldBe(Instance.Marker);
        raw["Config"]!["Labels"]!["moss.version"]!.GetValue<string>().ShouldBe("c");
        raw["Mounts"]!.AsArray().ShouldContain(mount => mount!["Name"]!.GetValue<string>() == "moss-desk-state" && mount["Destination"]!.GetValue<string>() == State);
    }

    [Fact]
    public async Task Starting_what_runs_starts_nothing()
    {
        var first = await StartAsync("sleep 1000");

        (await StartAsync("sleep 1000")).ShouldBe(first);
    }

    [Fact]
    public async Task Moss_killed_between_making_and_starting_it_goes_on()
    {
        var launch = Launch(["/bin/sleep", "1000"]);
        await engine.MakeAsync(Container, InstanceContainer.Of(launch, Folders.Owner(), docker.Network));
        (await Host.LivesAsync(Instance, null, default)).ShouldBeFalse();

        (await Host.StartAsync(launch)).ShouldBeOfType<InstanceStart.Running>();
    }

    [Fact]
    public async Task What_was_made_and_never_started_is_gone_after_a_stop()
    {
        await engine.MakeAsync(Container, InstanceContainer.Of(Launch(["/bin/sleep", "1000"]), Folders.Owner(), docker.Network));

        await Host.StopAsync(Instance, null);

        (await engine.FindAsync(Container, default)).ShouldBeNull();
    }

    [Fact]
    public async Task A_second_writer_of_one_state_is_refused_whoever_runs_the_first()
    {
        await StartAsync("sleep 1000");
        var other = Launch([]).Instance with { Marker = $"{Substrate}-{Guid.NewGuid():n}" };

        var start = await Host.StartAsync(Launch(["/bin/sleep", "1000"]) with { Instance = other });

        start.ShouldBeOfType<InstanceStart.Refused>().Reason.ShouldContain(Container);
        (await Host.LivesAsync(other, null, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Labels_without_the_name_make_no_instance()
    {
        var forged = $"stranger-{Guid.NewGuid():n}";
        await docker.Engine.Containers.CreateAsync(forged, InstanceContainer.Of(Launch(["/bin/sleep", "1000"]), Folders.Owner(), docker.Network), default);
        try
        {
            await docker.Engine.Containers.StartAsync(forged, default);

            (await Host.LivesAsync(Instance, null, default)).ShouldBeFalse();
            await StartAsync("sleep 1000");
            await Host.TidyAsync(Substrate, Instance, default);
            (await engine.FindAsync(forged, default)).ShouldNotBeNull().Runs.ShouldBeTrue();
        }
        finally
        {
            await docker.Engine.Containers.RemoveAsync(forged, default);
        }
    }

    [Fact]
    public async Task Its_name_in_other_hands_is_refused_and_left_alone()
    {
        await docker.Engine.Containers.CreateAsync(Container, new ContainerSpec(docker.Server.Image) { Cmd = ["/bin/sleep", "1000"] }, default);
        try
        {
            (await Host.StartAsync(Launch(["/bin/sleep", "1000"]))).ShouldBeOfType<InstanceStart.Refused>().Reason.ShouldContain("docker rm");
        }
        finally
        {
            await docker.Engine.Containers.RemoveAsync(Container, default);
        }
    }

    [Fact]
    public async Task Tidying_removes_what_is_not_current_and_keeps_its_log_and_the_state()
    {
        await StartAsync("echo said; echo kept > \"$MOSS_STATE/file\"; sleep 1000");
        await ReadAsync("file");
        var next = Launch([]).Instance with { Marker = $"{Substrate}-{Guid.NewGuid():n}" };

        await Host.TidyAsync(Substrate, next, default);

        (await engine.FindAsync(Container, default)).ShouldBeNull();
        (await Host.LogTailAsync(Substrate, Instance, 100, default)).ShouldBe("said\n");
        (await Host.StartAsync(Launch(["/bin/sh", "-c", "cat \"$MOSS_STATE/file\""]) with { Instance = next })).ShouldBeOfType<InstanceStart.Running>();
        using var patience = new CancellationTokenSource(World.Patience);
        await Host.EndOfAsync(next, new InstanceProcess(0, 0, ""), patience.Token);
        (await Host.LogTailAsync(Substrate, next, 100, default)).ShouldBe("kept\n");
    }

    [Fact]
    public async Task What_another_Moss_runs_is_not_tidied_away()
    {
        await docker.Engine.Containers.CreateAsync(Container, InstanceContainer.Of(Launch(["/bin/sleep", "1000"]), "another", docker.Network), default);

        await Host.TidyAsync(Substrate, null, default);

        (await engine.FindAsync(Container, default)).ShouldNotBeNull();
        await docker.Engine.Containers.RemoveAsync(Container, default);
    }

    [Fact]
    public async Task A_state_that_is_forgotten_is_gone()
    {
        await StartAsync("echo kept > \"$MOSS_STATE/file\"");
        await ReadAsync("file");
        await Host.StopAsync(Instance, null);
        await Should.ThrowAsync<IOException>(Host.ForgetStateAsync(Substrate, default));

        await Host.TidyAsync(Substrate, null, default);
        await Host.ForgetStateAsync(Substrate, default);

        (await docker.Engine.Volumes.ListAsync(["moss.substrate=desk"], default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Its_port_is_published_on_the_loopback_address_and_probed_there()
    {
        var port = FreePorts.Take();
        var launch = Launch(["/usr/bin/python3", "-m", "http.server", $"{port}"]);
        launch = launch with { Instance = launch.Instance with { Port = port }, Deploy = launch.Deploy with { Probes = [new Probe.Http("/"), new Probe.Tcp()] } };
        (await Host.StrangerOnAsync(port, launch.Instance, null, default)).ShouldBeNull();
        (await Host.StartAsync(launch)).ShouldBeOfType<InstanceStart.Running>();
        using var http = new HttpProbe();
        var prober = new InstanceProber(http, Reach, Host, TimeProvider.System);

        await Eventually.HoldsAsync(async () => await prober.ProbeAsync(launch, ProbeKind.Readiness, DateTimeOffset.MinValue, default) is { Passed: true });

        (await Reach.AddressAsync(launch, default)).ShouldBe(IPAddress.Loopback);
        (await Host.StrangerOnAsync(port, launch.Instance, null, default)).ShouldBeNull();
        (await Host.StrangerOnAsync(port, null, null, default)).ShouldNotBeNull();
        var second = await Host.StartAsync(launch with { Substrate = "other", Instance = launch.Instance with { Marker = $"other-{Guid.NewGuid():n}" } });
        second.ShouldBeOfType<InstanceStart.Refused>().Reason.ShouldContain("already");
        await Host.TidyAsync("other", null, default);
        await Host.ForgetStateAsync("other", default);
    }

    [Fact]
    public async Task From_within_a_container_it_is_reached_by_its_address_in_the_network_of_both()
    {
        const int Port = 18080;
        var launch = Launch(["/usr/bin/python3", "-m", "http.server", $"{Port}"]);
        (await Host.StartAsync(launch)).ShouldBeOfType<InstanceStart.Running>();
        var seen = (await engine.FindAsync(Container, default)).ShouldNotBeNull();
        var within = new FakeEngine(TimeProvider.System);
        var elsewhere = Options.Create(new DeploymentOptions { Network = "elsewhere" });

        var address = (await new ContainerPlace(within, Settings).AddressAsync(launch.Instance, seen, default)).ShouldNotBeNull();

        using var http = new HttpProbe();
        await Eventually.HoldsAsync(async () => await http.AskAsync(new IPEndPoint(address, Port), "/", default) is { Passed: true });
        (await new ContainerPlace(within, elsewhere).AddressAsync(launch.Instance, seen, default)).ShouldBeNull();
        (await new ContainerPlace(within, Options.Create(new DeploymentOptions())).AddressAsync(launch.Instance, seen, default)).ShouldBeNull();
    }

    [Theory]
    [InlineData("test \"$COLOUR\" = green", true, "exited with 0")]
    [InlineData("echo not ready >&2; exit 4", false, "exited with 4: not ready")]
    [InlineData("sleep 1000", false, "did not end within 1 s")]
    public async Task A_command_is_run_inside(string script, bool passed, string detail)
    {
        await StartAsync("sleep 1000");

        var verdict = await Reach.ExecAsync(new Probe.Exec(["/bin/sh", "-c", script]) { Timeout = TimeSpan.FromSeconds(passed ? 60 : 1) }, Launch([]), default);

        verdict.Passed.ShouldBe(passed, verdict.Detail);
        verdict.Detail.ShouldContain(detail);
    }

    [Fact]
    public async Task A_command_that_hangs_is_not_joined_by_another()
    {
        await StartAsync("sleep 1000");
        var probe = new Probe.Exec(["/bin/sleep", "1000"]) { Timeout = TimeSpan.FromSeconds(1) };
        var reach = Reach;
        await reach.ExecAsync(probe, Launch([]), default);

        (await reach.ExecAsync(probe, Launch([]), default)).Detail.ShouldContain("has not ended yet");
    }

    [Fact]
    public async Task A_command_that_is_not_there_says_so()
    {
        await StartAsync("sleep 1000");

        (await Reach.ExecAsync(new Probe.Exec(["/no/such"]), Launch([]), default)).Passed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_heartbeat_is_read_within_the_volume()
    {
        await StartAsync("echo > \"$MOSS_STATE/beat\"; ln -s beat \"$MOSS_STATE/link\"; sleep 1000");
        await ReadAsync("link");
        var now = TimeProvider.System.GetUtcNow();

        (await BeatAsync("beat", now.AddMinutes(-1))).Passed.ShouldBeTrue();
        (await BeatAsync("beat", now.AddMinutes(1))).Detail.ShouldContain("not written since");
        (await BeatAsync("link", now.AddMinutes(-1))).Detail.ShouldContain("is not there");
        (await BeatAsync("none", now.AddMinutes(-1))).Detail.ShouldContain("is not there");
        (await BeatAsync("../../etc/passwd", now.AddMinutes(-1))).Detail.ShouldContain("outside");
    }

    private Task<ProbeVerdict> BeatAsync(string file, DateTimeOffset since) =>
        Reach.HeartbeatAsync(new Probe.Heartbeat(file, TimeSpan.FromHours(1)), Launch([]), since, default);

    private protected override InstanceLaunch Launch(ImmutableArray<string> command) => new(
        Substrate, Instance with { Version = Instance.Version with { Image = docker.Server.Image } },
        Step(command) with { Container = new ContainerTarget(State) { MemoryBytes = 128L << 20, Processes = 64 } }, "", State,
        Folders.Log(Substrate, Instance.Marker));

    private protected override Task<string?> TryReadAsync(string file) => StateVolume.TryReadAsync(docker.Engine, Container, $"{State}/{file}");
}
