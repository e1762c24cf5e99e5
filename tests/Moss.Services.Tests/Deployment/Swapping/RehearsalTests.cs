using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Services.Tests.Deployment.Containers;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Swaps are tried on copies of the volumes while the real ones are served from.</summary>
[Collection(DockerCollection.Name)]
public sealed class RehearsalTests(DockerUnderTest docker)
{
    [Fact]
    public async Task A_version_whose_state_the_old_one_cannot_read_is_refused_before_anything_is_touched()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, WithAnonymousVolume, Rehearsed.Only);

        var reason = await RefusedAsync(subject, "newer");

        reason.ShouldContain("cannot read what the new one wrote");
        reason.ShouldContain("it printed: starting healthy\ncannot read format 2");
        reason.ShouldContain("name /extra, /state in deploy.swap.snapshot");
    }

    [Theory]
    [InlineData("sick", "not within 5 s")]
    [InlineData("boot", "Traceback: the harness does not import")]
    public async Task A_version_that_does_not_come_to_read_is_refused_with_what_it_printed(string behaviour, string reason)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Rehearsed.Copied with { Rehearsal = Rehearsed.Step with { Window = TimeSpan.FromSeconds(behaviour == "sick" ? 5 : 30) } });

        (await RefusedAsync(subject, behaviour)).ShouldContain(reason);
    }

    [Fact]
    public async Task A_command_that_no_copy_passes_is_told_from_a_version_that_cannot_read()
    {
        var wrong = $"import os; {Rehearsed.Ask}; os.path.exists('/state/format') or os.kill(1, 15); raise SystemExit(not os.path.exists('/state/format'))";
        await using var subject = await SwapSubject.ServingAsync(docker, target: Rehearsed.Copied with { Rehearsal = Rehearsed.Step with { Reads = ["python3", "-c", wrong] } });

        (await RefusedAsync(subject, "newer")).ShouldContain("the rehearsal says nothing");
    }

    [Fact]
    public async Task A_rehearsed_version_has_no_network_and_its_own_host_name()
    {
        var alone = Rehearsed.Step with { Reads = ["sh", "-c", $"test \"$(ls /sys/class/net)\" = lo && hostname | grep -q store && python3 -c \"{Rehearsed.Ask}\""] };
        await using var subject = await SwapSubject.ServingAsync(docker, body => body["Hostname"] = "store", Rehearsed.Only with { Rehearsal = alone });
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
    }

    [Fact]
    public async Task What_a_killed_rehearsal_left_is_removed_by_the_next_start_of_Moss()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, WithAnonymousVolume, Rehearsed.Only);
        var (before, things) = ((await subject.InspectAsync())["State"]!.ToJsonString(), await ThingsAsync());
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        var kill = KillSwitch.Never;
        subject.World.Around.Engine = async (change, effect) =>
        {
            await effect();
            if (change is ("start", { } rehearsed) && rehearsed.EndsWith("-new", StringComparison.Ordinal))
            {
                kill.Now();
            }
        };
        await using (var killed = subject.World.Moss(kill))
        {
            await Should.ThrowAsync<KilledException>(() => killed.PromoteAsync(command));
        }

        (await docker.Engine.Containers.ListAsync(["moss.rehearsal"], default)).ShouldHaveSingleItem().State.ShouldBe("running");
        (await docker.Engine.Volumes.ListAsync(["moss.rehearsal"], default)).Length.ShouldBe(2);
        await using var next = subject.World.Moss();
        await next.Recovery.RecoverAsync(first: true, default);

        (await ThingsAsync()).ShouldBe(things);
        (await subject.InspectAsync())["State"]!.ToJsonString().ShouldBe(before);
    }

    [Fact]
    public async Task Whoever_is_asked_for_consent_sees_that_it_is_rehearsed_and_what_cannot_be()
    {
        await using var subject = await SwapSubject.ServingAsync(
            docker, body => body["HostConfig"]!["Binds"]!.AsArray().Add("/var/tmp:/elsewhere"), Rehearsed.Only);
        await using var moss = subject.World.Moss();
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));

        var outlook = await moss.Outlook.ReadAsync(World.Substrate, command.Commit, default);

        outlook.Rehearsed.ShouldBeTrue();
        outlook.Refusals.ShouldHaveSingleItem().ShouldContain("/elsewhere is the folder /var/tmp of the machine and would be written to");
        (await RefusedAsync(subject, "better")).ShouldContain("it cannot be rehearsed");
    }

    // Not stopped, and nothing left beside it.
    private async Task<string> RefusedAsync(SwapSubject subject, string behaviour)
    {
        var command = await subject.World.ImageCommandAsync(subject.World.Version(behaviour));
        var (before, things) = ((await subject.InspectAsync())["State"]!.ToJsonString(), await ThingsAsync());
        await using var moss = subject.World.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(command);

        refused.Ground.ShouldBe("NotReady");
        (await subject.InspectAsync())["State"]!.ToJsonString().ShouldBe(before);
        (await subject.StartsAsync()).ShouldBe(["healthy"]);
        (await ThingsAsync()).ShouldBe(things);
        return refused.Reason;
    }

    private static void WithAnonymousVolume(JsonObject body) => body["Volumes"] = new JsonObject { ["/extra"] = new JsonObject() };

    // Names of all containers and volumes of the machine.
    private async Task<IReadOnlyList<string>> ThingsAsync() =>
    [
        .. (await docker.Engine.Containers.ListAsync([], default)).SelectMany(container => container.Names).Order(StringComparer.Ordinal),
        .. (await docker.Engine.Volumes.ListAsync([], default)).Select(volume => volume.Name).Order(StringComparer.Ordinal),
    ];
}
