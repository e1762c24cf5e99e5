using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Services.Tests.Deployment.Watching;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Swaps are tried on copies of the volumes while the real ones are served from.</summary>
[Collection(DockerCollection.Name)]
public sealed class RehearsalTests(DockerUnderTest docker)
{
    private const string Ask = "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/health')";

    private static readonly RehearsalStep Step = new(["python3", "-c", Ask]) { Window = TimeSpan.FromSeconds(30) };
    private static readonly SwapTarget Rehearsed = new() { Rehearsal = Step };
    private static readonly SwapTarget Copied = Rehearsed with { Snapshot = ["/state"] };

    [Fact]
    public async Task A_version_whose_state_the_old_one_cannot_read_is_refused_before_anything_is_touched()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, WithAnonymousVolume, Rehearsed);

        var reason = await RefusedAsync(subject, "newer");

        reason.ShouldContain("cannot read what the new one wrote");
        reason.ShouldContain("it printed: starting healthy\ncannot read format 2");
        reason.ShouldContain("name /extra, /state in deploy.swap.snapshot");
    }

    [Fact]
    public async Task Where_the_state_is_copied_it_goes_on_and_a_person_gets_the_state_back_with_the_version()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied);
        await using var moss = subject.World.Moss();
        var command = await subject.World.ImageCommandAsync(subject.World.Version("newer"));

        await moss.PromoteAsync<CandidatePromoted>(command);

        (await PlanAsync(subject, command)).Rehearsed.ShouldBe(RehearsalFinding.Unreadable);
        await using var later = subject.World.Moss(keepReplaced: TimeSpan.Zero);
        await later.Recovery.RecoverAsync(first: false, default);
        (await subject.CopiesAsync()).ShouldHaveSingleItem("as long as it can be taken back").ShouldStartWith("moss-snapshot-");
        (await later.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default)).ShouldBe(new StartOutcome.Done());
        await subject.AssertOneAsync("healthy", string.Join('\n', await subject.World.JournalAsync(command)));
        (await subject.StartsAsync()).ShouldBe(["healthy", "healthy"]);
        (await subject.CopiesAsync()).ShouldBeEmpty("nothing can want it any more");
        (await subject.World.DeploymentAsync()).Rollback!.Decided.Reason.ShouldBe(
            "it is slower; the state is put back as it was before the promotion and what was written since is lost: the version before cannot read it");
    }

    [Fact]
    [Trait("Duration", "long")]
    public async Task Killed_while_the_state_is_put_back_the_next_start_of_Moss_ends_it()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied);
        var command = await subject.World.ImageCommandAsync(subject.World.Version("newer"));
        await using (var moss = subject.World.Moss())
        {
            await moss.PromoteAsync<CandidatePromoted>(command);
        }

        await using (var killed = subject.World.Moss(KillSwitch.After<ProductionRollbackDecided>()))
        {
            await Should.ThrowAsync<KilledException>(() => killed.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default));
        }

        foreach (var (kill, restored) in new[] { (KillSwitch.After<CandidateStopped>(), false), (new KillSwitch(4), false), (KillSwitch.After<SnapshotRestored>(), true), (KillSwitch.Never, true) })
        {
            await using var next = subject.World.Moss(kill);
            await next.Recovery.RecoverAsync(first: true, default);
            var journal = await subject.World.JournalAsync(command);
            journal.Any(happened => happened is CandidateStopped).ShouldBeTrue();
            journal.Any(happened => happened is SnapshotRestored).ShouldBe(restored);
        }

        await subject.AssertOneAsync("healthy");
        (await subject.StartsAsync()).ShouldBe(["healthy", "healthy"]);
        (await docker.Engine.Containers.NamedAsync("moss-snapshot-", default)).ShouldBeEmpty("what copied is removed");
    }

    [Fact]
    public async Task Without_its_copy_a_version_that_the_old_one_cannot_follow_is_not_taken_back_and_goes_on_serving()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied);
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("newer")));
        await docker.Engine.Volumes.RemoveAsync((await subject.CopiesAsync()).ShouldHaveSingleItem(), default);
        var before = (await subject.InspectAsync())["State"]!.ToJsonString();

        var refused = (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default)).ShouldBeOfType<StartOutcome.Refused>();

        refused.Field.ShouldBe("deploy.swap.snapshot");
        refused.Detail.ShouldContain($"the copy of volume {subject.Volume} from before the promotion is not there any more");
        (await subject.InspectAsync())["State"]!.ToJsonString().ShouldBe(before);
        (await moss.Keeper.StartAsync(World.Substrate, subject.World.Base.Value, default)).ShouldBeOfType<StartOutcome.Refused>();
        (await subject.InspectAsync())["State"]!.ToJsonString().ShouldBe(before);
    }

    [Fact]
    public async Task A_watch_that_has_no_copy_to_go_back_to_ends_and_says_that_a_person_must_look()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied);
        Watched.Declare(subject.World, new WatchDeclaration());
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("newer")));
        await moss.Watches.LookAsync(World.Substrate, default);
        await moss.Watches.LookAsync(World.Substrate, default);
        await docker.Engine.Volumes.RemoveAsync((await subject.CopiesAsync()).ShouldHaveSingleItem(), default);
        await subject.Containers.StopAsync(subject.Name, TimeSpan.FromSeconds(5), default);

        await moss.Watches.LookAsync(World.Substrate, default);

        var deployment = await subject.World.DeploymentAsync();
        deployment.Rollback.ShouldBeNull();
        deployment.Watch!.Outcome.ShouldBe(WatchOutcome.Inconclusive);
        deployment.Watch.Reason.ShouldNotBeNull().ShouldContain("its process ended");
        deployment.Watch.Reason.ShouldContain($"a person must look: the version before cannot read what this one wrote, and the copy of volume {subject.Volume}");
    }

    [Fact]
    public async Task What_the_old_version_reads_is_swapped_and_stays_as_production_left_it_when_it_is_taken_back()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied);
        await using var moss = subject.World.Moss();
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));

        await moss.PromoteAsync<CandidatePromoted>(command);

        (await PlanAsync(subject, command)).Rehearsed.ShouldBe(RehearsalFinding.Readable);
        await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default);
        (await subject.StartsAsync()).ShouldBe(["healthy", "better", "healthy"]);
    }

    [Theory]
    [InlineData("sick", "not within 5 s")]
    [InlineData("boot", "Traceback: the harness does not import")]
    public async Task A_version_that_does_not_come_to_read_is_refused_with_what_it_printed(string behaviour, string reason)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied with { Rehearsal = Step with { Window = TimeSpan.FromSeconds(behaviour == "sick" ? 5 : 30) } });

        (await RefusedAsync(subject, behaviour)).ShouldContain(reason);
    }

    [Fact]
    public async Task A_command_that_no_copy_passes_is_told_from_a_version_that_cannot_read()
    {
        var wrong = $"import os; {Ask}; os.path.exists('/state/format') or os.kill(1, 15); raise SystemExit(not os.path.exists('/state/format'))";
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied with { Rehearsal = Step with { Reads = ["python3", "-c", wrong] } });

        (await RefusedAsync(subject, "newer")).ShouldContain("the rehearsal says nothing");
    }

    [Fact]
    public async Task Nothing_in_a_rehearsal_has_a_network_a_port_or_a_label_by_which_others_find_it()
    {
        var alone = Step with { Reads = ["sh", "-c", $"test \"$(ls /sys/class/net)\" = lo && hostname | grep -q store && python3 -c \"{Ask}\""] };
        await using var subject = await SwapSubject.ServingAsync(docker, body => body["Hostname"] = "store", Rehearsed with { Rehearsal = alone });
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
    }

    [Fact]
    public async Task What_a_killed_rehearsal_left_is_removed_by_the_next_start_of_Moss()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, WithAnonymousVolume, Rehearsed);
        var (before, things) = ((await subject.InspectAsync())["State"]!.ToJsonString(), await ThingsAsync());
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        await using (var killed = subject.World.Moss(new KillSwitch(21)))
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
            docker, body => body["HostConfig"]!["Binds"]!.AsArray().Add("/var/tmp:/elsewhere"), Rehearsed);
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

    private static async Task<PromotionPlan> PlanAsync(SwapSubject subject, PromoteCandidate command) =>
        (await subject.World.JournalAsync(command)).OfType<PromotionPlanned>().First().Plan;

    private static void WithAnonymousVolume(JsonObject body) => body["Volumes"] = new JsonObject { ["/extra"] = new JsonObject() };

    // Names of all containers and volumes of the machine.
    private async Task<IReadOnlyList<string>> ThingsAsync() =>
    [
        .. (await docker.Engine.Containers.ListAsync([], default)).SelectMany(container => container.Names).Order(StringComparer.Ordinal),
        .. (await docker.Engine.Volumes.ListAsync([], default)).Select(volume => volume.Name).Order(StringComparer.Ordinal),
    ];
}
