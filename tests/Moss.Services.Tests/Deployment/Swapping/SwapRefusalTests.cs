using System.Text;
using System.Text.Json.Nodes;
using Moss.Containers.Engine;
using Moss.Containers.Engine.Archives;
using Moss.Containers.Engine.Images;
using Moss.Containers.Engine.Transport;
using Moss.Contracts.Deployment;
using Moss.Deployment.Instances.Swapping;
using Moss.Deployment.Starting;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>What would hurt is refused before anything is touched.</summary>
[Collection(DockerCollection.Name)]
public sealed class SwapRefusalTests(DockerUnderTest docker)
{
    [Fact]
    public async Task A_container_that_goes_when_it_stops_is_not_swapped() => await RefusedAsync(
        "--rm", body =>
        {
            body["HostConfig"]!["AutoRemove"] = true;
            body["HostConfig"]!["RestartPolicy"] = JsonNode.Parse("""{"Name":"no"}""");
        });

    [Fact]
    public async Task Files_beside_the_volumes_are_named_and_not_lost() =>
        await RefusedAsync("would be lost: /srv/kept", body => body["Cmd"] = new JsonArray("sh", "-c", "mkdir /srv; echo precious >/srv/kept; exec python3 server.py"));

    [Fact]
    public async Task Files_that_may_be_lost_do_not_hold_a_swap_up_and_are_told()
    {
        await using var subject = await SwapSubject.ServingAsync(
            docker, body => body["Cmd"] = new JsonArray("sh", "-c", "mkdir /srv; echo passing >/srv/cache; exec python3 server.py"), new SwapTarget { Loses = ["srv/**"] });
        await using var moss = subject.World.Moss();
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));

        var outlook = await moss.Outlook.ReadAsync(World.Substrate, command.Commit, default);

        outlook.Refusals.ShouldBeEmpty();
        outlook.Notices.ShouldContain("lost with the old container: /srv/cache");
        outlook.Notices.ShouldContain(notice => notice.Contains("/state", StringComparison.Ordinal) && notice.Contains("a rollback does not undo", StringComparison.Ordinal));
        await moss.PromoteAsync<CandidatePromoted>(command);
    }

    [Fact]
    public async Task A_container_in_whose_network_another_one_lives_is_not_swapped()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var body = new JsonObject
        {
            ["Image"] = "moss-test:small", ["Cmd"] = new JsonArray("sleep", "1000"), ["HostConfig"] = new JsonObject { ["NetworkMode"] = $"container:{subject.Name}" },
        };
        var lodger = await docker.Engine.Containers.CreateAsync($"{subject.Name}-lodger", body, default);
        await docker.Engine.Containers.StartAsync(lodger, default);

        await AssertRefusedAsync(subject, $"{subject.Name}-lodger lives in the network");
    }

    [Fact]
    public async Task A_second_container_that_a_person_started_in_the_place_is_named_before_anything_is_touched()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var first = subject.World.Version("better");
        await using (var moss = subject.World.Moss())
        {
            await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(first));
        }

        var replaced = (await subject.AllAsync()).Single(container => container.State == "exited");
        await docker.Engine.Containers.CreateAsync($"{subject.Name}.moss-by-hand", new JsonObject { ["Image"] = "moss-test:small", ["Cmd"] = new JsonArray("sleep", "1000") }, default);
        await docker.Engine.Containers.StartAsync($"{subject.Name}.moss-by-hand", default);
        await using var next = subject.World.Moss();

        var refused = await next.PromoteAsync<PromotionRefused>(await subject.World.ImageCommandAsync(subject.World.Version("best"), basedOn: first));

        refused.Reason.ShouldContain($"{subject.Name}.moss-by-hand runs in this place too");
        (await docker.Engine.Containers.InspectAsync(replaced.Id, default)).State.Running.ShouldBeFalse();
        (await docker.Engine.Containers.InspectAsync(subject.Name, default)).State.Running.ShouldBeTrue();
    }

    [Theory]
    [InlineData("another", "does not have the place that deploy.swap names")]
    [InlineData(null, "moss.yaml names none any more")]
    public async Task A_declaration_that_names_another_place_or_none_moves_nothing(string? container, string reason)
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var declaration = subject.World.Repository.Declaration;
        var deploy = declaration.Deploy! with
        {
            Swap = container is null ? null : new SwapTarget { Container = container }, Container = container is null ? new ContainerTarget("/state") : null,
        };
        subject.World.Repository.Declaration = declaration with { Deploy = deploy };

        await AssertRefusedAsync(subject, reason);
    }

    [Fact]
    public async Task A_snapshot_of_what_is_no_volume_is_refused_with_those_that_are() =>
        await RefusedAsync("name one of /state", target: new SwapTarget { Snapshot = ["/data"] });

    [Fact]
    public async Task A_candidate_whose_image_has_a_label_of_Moss_is_refused()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var commit = subject.World.Version("forger");
        var context = TarPacking.Files([new("Dockerfile", Encoding.UTF8.GetBytes("FROM moss-test:small\nLABEL moss.instance=desk-1\n"))]);
        var forged = (await docker.Engine.Images.BuildAsync(context, new ImageBuildRequest(), null, default)).ShouldBeOfType<ImageBuild.Built>().Image;
        subject.World.Containers!.Forge(commit.Value, forged);

        await AssertRefusedAsync(subject, "the label moss.instance, which is Moss's own", commit);
    }

    [Fact]
    public async Task An_image_other_than_the_one_that_passed_its_trials_is_refused()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        var other = await subject.World.Containers!.ImageAsync(subject.World.Version("other").Value);
        await using var moss = subject.World.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(command with { Image = other, Consent = command.Consent with { Image = other } });

        refused.Reason.ShouldContain("passed the trials");
        await subject.AssertOneAsync("healthy");
    }

    [Fact]
    public async Task A_container_that_is_not_there_is_not_looked_after()
    {
        await using var world = World.RealSwap(docker.Server, new SwapTarget { Container = "nobody" });
        await using var moss = world.Moss();

        var refused = (await moss.Keeper.StartAsync(World.Substrate, null, default)).ShouldBeOfType<StartOutcome.Refused>();

        refused.Field.ShouldBe("deploy.swap.container");
        refused.Detail.ShouldContain("there is no container nobody");
    }

    [Theory]
    [InlineData("com.docker.swarm.task.id", "Docker Swarm")]
    [InlineData("io.kubernetes.pod.uid", "Kubernetes")]
    [InlineData("com.hashicorp.nomad.alloc_id", "Nomad")]
    [InlineData("com.amazonaws.ecs.task-arn", "Amazon ECS")]
    public async Task A_container_that_something_else_keeps_running_is_not_looked_after(string label, string supervisor)
    {
        await using var subject = await SwapSubject.RunningAsync(docker, body => body["Labels"] = new JsonObject { [label] = "1" });
        await using var moss = subject.World.Moss();

        var refused = (await moss.Keeper.StartAsync(World.Substrate, null, default)).ShouldBeOfType<StartOutcome.Refused>();

        refused.Field.ShouldBe("deploy.swap");
        refused.Detail.ShouldContain($"belongs to {supervisor} (label {label})");
    }

    [Fact]
    public async Task A_paused_container_is_not_made_to_serve()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        using var transport = new EngineTransport(new EngineOptions { Socket = docker.Server.Socket }, TimeProvider.System);
        await transport.DoAsync(EngineCall.Post("containers", subject.Name, "pause"), default);

        await AssertRefusedAsync(subject, $"docker unpause {subject.Name}");
    }

    [Theory]
    [InlineData(2000, 1000, true)]
    [InlineData(1999, 1000, false)]
    public void The_disk_has_room_for_the_image_twice(long free, long image, bool fits) =>
        (SwapRoom.Problem("/var/lib/docker", free << 20, image << 20) is null).ShouldBe(fits);

    private async Task RefusedAsync(string reason, Action<JsonObject>? change = null, SwapTarget? target = null)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, change, target);
        await AssertRefusedAsync(subject, reason);
    }

    // No container was made, stopped or renamed for it.
    private static async Task AssertRefusedAsync(SwapSubject subject, string reason, Moss.Workspaces.CommitHash? commit = null)
    {
        var before = (await subject.InspectAsync())["State"]!.ToJsonString();
        var command = await subject.World.ImageCommandAsync(commit ?? subject.World.Version("better"));
        await using var moss = subject.World.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(command);

        refused.Ground.ShouldBe("NotReady");
        refused.Reason.ShouldContain(reason);
        (await subject.InspectAsync())["State"]!.ToJsonString().ShouldBe(before);
        (await subject.AllAsync()).ShouldNotContain(container => container.Names.Any(name => name.Contains(".moss-", StringComparison.Ordinal)));
    }
}
