using Moss.Contracts.Deployment;
using Moss.Services.Tests.Deployment.Containers;

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
}
