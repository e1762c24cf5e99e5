using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>The engine is killed; it starts again what its own rules say, and Moss the rest, never two.</summary>
[Trait("Duration", "long")]
public sealed class SwapEngineDeathTests(DockerUnderTest docker) : IClassFixture<DockerUnderTest>
{
    [Theory]
    [InlineData("always")]
    [InlineData("unless-stopped")]
    public async Task What_was_replaced_stays_stopped_and_what_serves_serves_again(string policy)
    {
        if (!docker.Server.IsOurs)
        {
            return;
        }

        await using var subject = await ServingAsync(policy);
        await using var moss = subject.World.Moss();
        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better")));

        await docker.Server.KillAsync();
        await docker.Server.RestartAsync();

        await Eventually.HoldsAsync(async () =>
        {
            await moss.Recovery.RecoverAsync(first: true, default);
            return (await subject.AllAsync()).Count(container => container.State == "running") == 1;
        });
        await subject.AssertOneAsync("better", policy);
    }

    [Theory]
    [InlineData(typeof(CandidateMade))]
    [InlineData(typeof(PreviousStopped))]
    [InlineData(typeof(Started))]
    [InlineData(typeof(Probed))]
    public async Task A_swap_during_which_it_died_goes_on_when_it_is_back(Type moment)
    {
        if (!docker.Server.IsOurs)
        {
            return;
        }

        await using var subject = await ServingAsync("always");
        var declaration = subject.World.Repository.Declaration;
        subject.World.Repository.Declaration = declaration with { Deploy = declaration.Deploy! with { Passes = 10, Interval = TimeSpan.FromMilliseconds(200) } };
        var command = await subject.World.ImageCommandAsync(subject.World.Version("better"));
        await using var moss = subject.World.Moss();

        var promoting = moss.PromoteAsync(command);
        await Eventually.HoldsAsync(async () => promoting.IsCompleted || (await subject.World.JournalAsync(command)).Any(happened => happened.GetType() == moment));
        await docker.Server.KillAsync();
        await docker.Server.RestartAsync();
        var answer = await promoting;

        await subject.AssertOneAsync(answer is CandidatePromoted ? "better" : "healthy", $"{moment.Name}: {answer}");
        (await subject.InspectAsync())["HostConfig"]!["RestartPolicy"]!["Name"]!.GetValue<string>().ShouldBe("always");
    }

    private Task<SwapSubject> ServingAsync(string policy) =>
        SwapSubject.ServingAsync(docker, body => body["HostConfig"]!["RestartPolicy"] = new JsonObject { ["Name"] = policy });
}
