using System.Collections.Immutable;
using System.Text;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Containers;
using Moss.Containers.Engine.Images;
using Moss.Containers.Engine.Networks;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Engine;

/// <summary>The client against a real daemon.</summary>
[Collection(DockerCollection.Name)]
public sealed class DockerEngineTests(DockerUnderTest docker) : IAsyncLifetime
{
    private readonly string name = $"test-{Guid.NewGuid():N}";
    private readonly CancellationToken never = CancellationToken.None;

    private EngineContainers Containers => docker.Engine.Containers;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Containers.RemoveAsync(name, never);

    [Fact]
    public async Task The_daemon_says_who_it_is()
    {
        await docker.Engine.System.PingAsync(never);

        Version.TryParse((await docker.Engine.System.VersionAsync(never)).ApiVersion, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task A_container_is_made_started_waited_for_read_and_removed()
    {
        var id = await Containers.CreateAsync(name, Shell("echo out; echo err >&2; exit 7"), never);
        await Containers.StartAsync(name, never);

        (await Containers.WaitAsync(name, never)).ShouldBe(7);
        await Containers.StopAsync(name, TimeSpan.Zero, never);
        (await Containers.LogsAsync(name, 1000, never)).ShouldBe(new("out\n", "err\n", Truncated: false));
        (await Containers.LogsAsync(name, 2, never)).ShouldBe(new("ou", "er", Truncated: true));
        var details = await Containers.InspectAsync(name, never);
        details.Id.ShouldBe(id);
        details.Image.ShouldBe(docker.Server.Image);
        details.State.Status.ShouldBe("exited");
        details.State.ExitCode.ShouldBe(7);

        await Containers.RemoveAsync(name, never);
        await Containers.RemoveAsync(name, never);
        (await Should.ThrowAsync<EngineException>(Containers.InspectAsync(name, never))).Kind.ShouldBe(EngineFailure.NotFound);
    }

    [Fact]
    public async Task A_taken_name_is_a_conflict_and_the_engine_s_words_are_kept()
    {
        await Containers.CreateAsync(name, Shell("true"), never);

        var refused = await Should.ThrowAsync<EngineException>(Containers.CreateAsync(name, Shell("true"), never));

        refused.Kind.ShouldBe(EngineFailure.Conflict);
        refused.Message.ShouldContain("already in use");
    }

    [Fact]
    public async Task A_container_is_found_by_its_labels_renamed_and_given_another_policy()
    {
        var mark = Guid.NewGuid().ToString("N");
        var id = await Containers.CreateAsync(name + "-first", Shell("true") with { Labels = new Dictionary<string, string> { ["mark"] = mark } }, never);
        await Containers.RenameAsync(id, name, never);
        await Containers.SetRestartPolicyAsync(id, "unless-stopped", never);

        var found = (await Containers.ListAsync([$"mark={mark}"], never)).ShouldHaveSingleItem();
        found.Names.ShouldBe(["/" + name]);
        found.Labels["mark"].ShouldBe(mark);
        (await Containers.InspectRawAsync(id, never))["HostConfig"]!["RestartPolicy"]!["Name"]!.GetValue<string>().ShouldBe("unless-stopped");
        (await Containers.ListAsync([$"mark={mark}", "other"], never)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_container_is_killed_by_a_signal()
    {
        await Containers.CreateAsync(name, Shell("sleep 100"), never);
        await Containers.StartAsync(name, never);
        var end = Containers.WaitAsync(name, never);

        await Containers.KillAsync(name, "SIGKILL", never);

        (await end).ShouldBe(137);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_leaves_the_container_running()
    {
        await Containers.CreateAsync(name, Shell("sleep 100"), never);
        await Containers.StartAsync(name, never);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(Containers.WaitAsync(name, soon.Token));

        (await Containers.InspectAsync(name, never)).State.Running.ShouldBeTrue();
    }

    [Fact]
    public async Task Files_go_in_and_come_out_as_archives()
    {
        using var folder = new TemporaryFolder();
        await Containers.CreateAsync(name, Shell("cat /usr/deep/in.txt > /usr/out.txt"), never);
        await Containers.CopyInAsync(name, "/usr", TarPacking.Files([new("deep/in.txt", Encoding.UTF8.GetBytes("hello"))]), never);
        await Containers.StartAsync(name, never);
        (await Containers.WaitAsync(name, never)).ShouldBe(0);

        await using var archive = await Containers.CopyOutAsync(name, "/usr/out.txt", never);
        var leftOut = await TarUnpacking.UnpackAsync(archive, folder.Path, new TarLimits(1000, 10), never);

        leftOut.ShouldBeEmpty();
        (await File.ReadAllTextAsync(folder.Combine("out.txt"))).ShouldBe("hello");
        (await Should.ThrowAsync<EngineException>(Containers.CopyOutAsync(name, "/usr/nowhere", never))).Kind.ShouldBe(EngineFailure.NotFound);
    }

    [Fact]
    public async Task Events_come_as_they_happen_and_again_for_who_was_away()
    {
        var mark = Guid.NewGuid().ToString("N");
        var began = DateTimeOffset.FromUnixTimeSeconds(0);
        var spec = Shell("true") with { Labels = new Dictionary<string, string> { ["mark"] = mark } };
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var live = ActionsAsync(mark, began, "die", enough.Token);

        await Containers.CreateAsync(name, spec, never);
        await Containers.StartAsync(name, never);

        (await live).ShouldBe(["create", "start", "die"], ignoreOrder: true);
        (await ActionsAsync(mark, began, "die", enough.Token)).ShouldBe(["create", "start", "die"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_image_is_built_from_a_context_that_lies_nowhere_tagged_found_and_removed()
    {
        var progress = new List<string>();
        var request = new ImageBuildRequest { Labels = ImmutableSortedDictionary<string, string>.Empty.Add("mark", name), Arguments = ImmutableSortedDictionary<string, string>.Empty.Add("WHAT", "a b") };

        var build = await docker.Engine.Images.BuildAsync(
            Context("FROM moss-test:small\nARG WHAT\nCOPY file /usr/file\nRUN echo \"$WHAT\" >> /usr/file && cat /usr/file\n"), request, new Heard(progress), never);

        var image = build.ShouldBeOfType<ImageBuild.Built>(build.ToString()).Image;
        build.Log.ShouldContain("content\na b\n".Split('\n')[1]);
        string.Concat(progress).ShouldBe(build.Log);
        await docker.Engine.Images.TagAsync(image, "moss-test", name, never);
        (await docker.Engine.Images.InspectAsync($"moss-test:{name}", never)).Id.ShouldBe(image);
        (await docker.Engine.Images.ListAsync([$"mark={name}"], never)).ShouldHaveSingleItem().Id.ShouldBe(image);
        await docker.Engine.Images.RemoveAsync($"moss-test:{name}", never);
        await docker.Engine.Images.RemoveAsync($"moss-test:{name}", never);
        (await docker.Engine.Images.ListAsync([$"mark={name}"], never)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_that_fails_says_why_and_reaches_nothing()
    {
        var build = await docker.Engine.Images.BuildAsync(
            Context("FROM moss-test:small\nRUN python3 -c \"import socket; socket.create_connection(('1.1.1.1', 80), 3)\"\n"), new ImageBuildRequest(), null, never);

        build.ShouldBeOfType<ImageBuild.Failed>().Reason.ShouldContain("returned a non-zero code: 1");
        build.Log.ShouldContain("Network is unreachable");
    }

    [Fact]
    public async Task A_context_without_instructions_is_refused()
    {
        var refused = await Should.ThrowAsync<EngineException>(docker.Engine.Images.BuildAsync(TarPacking.Files([]), new ImageBuildRequest(), null, never));

        refused.Message.ShouldContain("Dockerfile");
    }

    [Fact]
    public async Task A_network_is_made_found_and_removed()
    {
        var id = await docker.Engine.Networks.CreateAsync(new NetworkSpec(name, new Dictionary<string, string> { ["mark"] = name }) { Internal = true }, never);

        var network = (await docker.Engine.Networks.ListAsync([$"mark={name}"], never)).ShouldHaveSingleItem();
        network.ShouldBe(network with { Id = id, Name = name, Internal = true });
        await Containers.CreateAsync(name, Shell("true"), never);
        await docker.Engine.Networks.RemoveAsync(id, never);
        await docker.Engine.Networks.RemoveAsync(id, never);
        (await docker.Engine.Networks.ListAsync([$"mark={name}"], never)).ShouldBeEmpty();
    }

    private ContainerSpec Shell(string script) => new(docker.Server.Image)
    {
        Entrypoint = ["/bin/sh", "-c", script],
        HostConfig = new HostConfig { NetworkMode = "none" },
    };

    private static Stream Context(string dockerfile) => TarPacking.Files([new("Dockerfile", Encoding.UTF8.GetBytes(dockerfile)), new("file", Encoding.UTF8.GetBytes("content\n"))]);

    private async Task<List<string>> ActionsAsync(string mark, DateTimeOffset since, string last, CancellationToken cancellationToken)
    {
        var actions = new List<string>();
        await foreach (var happened in docker.Engine.System.EventsAsync([$"mark={mark}"], since, cancellationToken))
        {
            actions.Add(happened.Action);
            if (happened.Action == last)
            {
                break;
            }
        }

        return actions;
    }

    private sealed class Heard(List<string> all) : IProgress<string>
    {
        public void Report(string value) => all.Add(value);
    }
}
