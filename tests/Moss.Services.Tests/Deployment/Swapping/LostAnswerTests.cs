using Moss.Contracts.Deployment;
using Moss.Deployment.Instances;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>The engine does what it was asked, and its answer is lost on the way: Moss looks before it does anything again.</summary>
[Collection(DockerCollection.Name)]
public sealed class LostAnswerTests(DockerUnderTest docker)
{
    private static readonly SwapTarget Copied = new() { Snapshot = ["/state"] };

    [Theory]
    [InlineData("better", true, 11)]
    [InlineData("boot", false, 14)]
    public async Task When_each_change_is_done_unheard_there_is_one_swap_and_no_container_twice(string behaviour, bool promoted, int changes)
    {
        await using var subject = await SwapSubject.ServingAsync(docker, target: Copied);
        var before = await subject.IdAsync();
        var unheard = LoseFirstAnswers(subject.World.Around);
        var command = await subject.World.ImageCommandAsync(subject.World.Version(behaviour));
        await using var moss = subject.World.Moss();

        var answer = await moss.PromoteInTheEndAsync(command);

        unheard.Count.ShouldBeGreaterThanOrEqualTo(changes, string.Join(", ", unheard));
        (answer is CandidatePromoted).ShouldBe(promoted, answer.ToString());
        await subject.AssertOneAsync(promoted ? behaviour : "healthy");
        await subject.AssertArmedAsync();
        (await subject.AllAsync()).Count.ShouldBe(2, "what serves and what does not, and neither of them twice");
        (await subject.StartsAsync()).ShouldBe(promoted ? ["healthy", behaviour] : ["healthy", "healthy"]);
        (await subject.IdAsync() == before).ShouldBe(!promoted);
        (await subject.World.JournalAsync(command)).OfType<PreviousStopRequested>().ShouldHaveSingleItem();
        (await docker.Engine.Containers.NamedAsync("moss-snapshot-", default)).ShouldBeEmpty("who copies goes when it is done");
    }

    [Fact]
    public async Task Of_a_rollback_by_a_person_too()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var before = await subject.IdAsync();
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));
        var unheard = LoseFirstAnswers(subject.World.Around);

        await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is slower", default);

        unheard.Count.ShouldBeGreaterThanOrEqualTo(6, string.Join(", ", unheard));
        (await subject.IdAsync()).ShouldBe(before);
        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
        (await subject.StartsAsync()).ShouldBe(["healthy", "better", "healthy"]);
        (await subject.World.DeploymentAsync()).Rollback.ShouldNotBeNull().Done.ShouldBeTrue();
    }

    // As the real engine says it when it took too long, or went away.
    private static HashSet<EngineChange> LoseFirstAnswers(Surroundings around)
    {
        var unheard = new HashSet<EngineChange>();
        around.Engine = async (change, effect) =>
        {
            await effect();
            if (unheard.Add(change))
            {
                throw new HostAwayException($"The container engine did not answer to {change}.", new IOException());
            }
        };
        return unheard;
    }
}
