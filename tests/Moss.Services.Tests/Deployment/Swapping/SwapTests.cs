using Moss.Contracts.Deployment;
using Moss.Deployment.Starting;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Promotions in the place of a container that Moss did not make.</summary>
[Collection(DockerCollection.Name)]
public sealed class SwapTests(DockerUnderTest docker)
{
    [Fact]
    public async Task A_good_candidate_takes_the_name_the_state_and_the_restart_policy()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));

        await subject.AssertOneAsync("better");
        (await subject.StartsAsync()).ShouldBe(["healthy", "better"]);
        (await subject.InspectAsync())["HostConfig"]!["RestartPolicy"]!["Name"]!.GetValue<string>().ShouldBe("always");
    }

    [Fact]
    public async Task What_served_before_is_kept_beside_it_stopped_and_disarmed()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var before = (await subject.InspectAsync())["Id"]!.GetValue<string>();
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));

        var old = await subject.Containers.InspectRawAsync(before, default);
        old["Name"]!.GetValue<string>().ShouldBe($"/{subject.Name}.moss-old-{before[..12]}");
        old["State"]!["Running"]!.GetValue<bool>().ShouldBeFalse();
        old["HostConfig"]!["RestartPolicy"]!["Name"]!.GetValue<string>().ShouldBe("no");
    }

    [Theory]
    [InlineData("sick", "500")]
    [InlineData("dying", "process ended")]
    [InlineData("boot", "process ended")]
    public async Task A_candidate_that_does_not_stay_healthy_gives_the_place_back_to_the_very_container_that_had_it(string behaviour, string reason)
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var before = (await subject.InspectAsync())["Id"]!.GetValue<string>();
        var declaration = subject.World.Repository.Declaration;
        subject.World.Repository.Declaration = declaration with { Deploy = declaration.Deploy! with { Window = TimeSpan.FromSeconds(behaviour == "sick" ? 4 : 30) } };
        await using var moss = subject.World.Moss();

        var undone = await moss.PromoteAsync<PromotionRolledBack>(await subject.World.ImageCommandAsync(subject.World.Version(behaviour)));

        undone.Reason.ShouldContain(reason);
        undone.LogTail.ShouldContain($"starting {behaviour}");
        undone.LogTail.ShouldContain("ended with exit code");
        var after = await subject.InspectAsync();
        after["Id"]!.GetValue<string>().ShouldBe(before);
        after["HostConfig"]!["RestartPolicy"]!["Name"]!.GetValue<string>().ShouldBe("always");
        await subject.AssertOneAsync("healthy");
    }

    [Fact]
    public async Task A_second_change_takes_the_place_of_the_first_one()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        await using var moss = subject.World.Moss();
        var first = subject.World.Version("better");
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(first));

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("best"), basedOn: first));

        await subject.AssertOneAsync("best");
        (await subject.StartsAsync()).ShouldBe(["healthy", "better", "best"]);
    }

    [Fact]
    public async Task What_a_person_stopped_is_started_again_as_the_container_that_it_was()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var before = (await subject.InspectAsync())["Id"]!.GetValue<string>();
        await using var moss = subject.World.Moss();
        await moss.Keeper.StopAsync(World.Substrate, default);
        (await subject.AllAsync()).ShouldAllBe(container => container.State == "exited");

        (await moss.Keeper.StartAsync(World.Substrate, null, default)).ShouldBe(new StartOutcome.Done());

        (await subject.InspectAsync())["Id"]!.GetValue<string>().ShouldBe(before);
        await subject.AssertOneAsync("healthy");
    }

    [Fact]
    public async Task A_version_that_stands_there_is_not_taken_for_another_one()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        await using var moss = subject.World.Moss();
        await moss.Keeper.StopAsync(World.Substrate, default);
        await subject.Containers.StartAsync(subject.Name, default);

        var refused = (await moss.Keeper.StartAsync(World.Substrate, subject.World.Version("other").Value, default)).ShouldBeOfType<StartOutcome.Refused>();

        refused.Field.ShouldBe("reference");
        refused.Detail.ShouldContain("stands at");
    }

    [Fact]
    public async Task What_was_promoted_is_taken_back_by_a_person_to_the_container_that_was_there_before()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var before = (await subject.InspectAsync())["Id"]!.GetValue<string>();
        await using var moss = subject.World.Moss();
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        await moss.PromoteAsync<CandidatePromoted>(command);

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default)).ShouldBe(new StartOutcome.Done());

        await subject.AssertOneAsync("healthy", string.Join('\n', await subject.World.JournalAsync(command)));
        var after = await subject.InspectAsync();
        after["Id"]!.GetValue<string>().ShouldBe(before);
        after["HostConfig"]!["RestartPolicy"]!["Name"]!.GetValue<string>().ShouldBe("always");
        (await subject.StartsAsync()).ShouldBe(["healthy", "better", "healthy"]);
    }

    [Fact]
    public async Task What_was_replaced_and_then_removed_is_made_again_as_it_was()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var before = (await subject.InspectAsync())["Id"]!.GetValue<string>();
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
        await subject.Containers.RemoveStoppedAsync(before, default);

        (await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default)).ShouldBe(new StartOutcome.Done());

        (await subject.InspectAsync())["Id"]!.GetValue<string>().ShouldNotBe(before);
        await subject.AssertOneAsync("healthy");
        (await subject.StartsAsync()).ShouldBe(["healthy", "better", "healthy"]);
    }

    [Fact]
    public async Task Copies_of_the_state_and_what_was_replaced_go_when_their_time_is_over()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: new SwapTarget { Snapshot = ["/state"] });
        var before = (await docker.Engine.Volumes.ListAsync([], default)).Length;
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
        (await docker.Engine.Volumes.ListAsync([], default)).Length.ShouldBe(before + 1, "the copy, and none that the copying made");
        (await subject.CopiesAsync()).ShouldHaveSingleItem().ShouldStartWith("moss-snapshot-desk-");
        (await subject.AllAsync()).Count.ShouldBe(2);

        await using var later = subject.World.Moss(keepReplaced: TimeSpan.Zero);
        await later.Recovery.RecoverAsync(first: false, default);

        (await subject.AllAsync()).ShouldHaveSingleItem();
        (await subject.CopiesAsync()).ShouldBeEmpty();
        await subject.AssertOneAsync("better");
    }

    [Fact]
    public async Task What_a_person_stops_at_the_engine_stays_stopped()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        await using var moss = subject.World.Moss();
        await subject.Containers.StopAsync(subject.Name, TimeSpan.FromSeconds(5), default);

        await moss.Recovery.RecoverAsync(first: false, default);

        (await subject.AllAsync()).ShouldHaveSingleItem().State.ShouldBe("exited");
    }
}
