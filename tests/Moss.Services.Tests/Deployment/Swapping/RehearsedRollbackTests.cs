using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Services.Tests.Deployment.Watching;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>What a rehearsal found counts for every way back from what was promoted.</summary>
[Collection(DockerCollection.Name)]
public sealed class RehearsedRollbackTests(DockerUnderTest docker)
{
    [Fact]
    public async Task Where_the_state_is_copied_it_goes_on_and_a_person_gets_the_state_back_with_the_version()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Rehearsed.Copied);
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
        await using var subject = await SwapSubject.ServingAsync(docker, target: Rehearsed.Copied);
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
        await using var subject = await SwapSubject.ServingAsync(docker, target: Rehearsed.Copied);
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
        await using var subject = await SwapSubject.ServingAsync(docker, target: Rehearsed.Copied);
        Watched.Declare(subject.World, new WatchDeclaration());
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("newer")));
        await moss.Watches.LookAsync(World.Substrate, default);
        await moss.Watches.LookAsync(World.Substrate, default);
        await docker.Engine.Volumes.RemoveAsync((await subject.CopiesAsync()).ShouldHaveSingleItem(), default);
        await subject.CrashAsync();

        await moss.Watches.LookAsync(World.Substrate, default);

        var deployment = await subject.World.DeploymentAsync();
        deployment.Rollback.ShouldBeNull();
        deployment.Watch!.Outcome.ShouldBe(WatchOutcome.Inconclusive);
        deployment.Watch.Reason.ShouldNotBeNull().ShouldContain("its container ended with exit code 137");
        deployment.Watch.Reason.ShouldContain($"a person must look: the version before cannot read what this one wrote, and the copy of volume {subject.Volume}");
    }

    [Fact]
    public async Task What_the_old_version_reads_is_swapped_and_stays_as_production_left_it_when_it_is_taken_back()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Rehearsed.Copied);
        await using var moss = subject.World.Moss();
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));

        await moss.PromoteAsync<CandidatePromoted>(command);

        (await PlanAsync(subject, command)).Rehearsed.ShouldBe(RehearsalFinding.Readable);
        await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default);
        (await subject.StartsAsync()).ShouldBe(["healthy", "better", "healthy"]);
    }

    private static async Task<PromotionPlan> PlanAsync(SwapSubject subject, PromoteCandidate command) =>
        (await subject.World.JournalAsync(command)).OfType<PromotionPlanned>().First().Plan;
}
