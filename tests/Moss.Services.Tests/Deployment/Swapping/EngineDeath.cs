using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Deployment.Instances.Swapping;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Kills a daemon of the tests at a moment of a swap, and says what must hold when it is back.</summary>
internal sealed class EngineDeath(DockerUnderTest docker)
{
    /// <summary>It dies when all is done.</summary>
    public async Task AfterSwapAsync(string policy)
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

        await AssertSettlesAsync(subject, moss, "better", policy, policy);
    }

    /// <summary>It dies as soon as that is written down, and before anything else is done.</summary>
    public async Task DuringAsync(string behaviour, string moment, string policy)
    {
        if (!docker.Server.IsOurs)
        {
            return;
        }

        await using var subject = await ServingAsync(policy);
        var back = Task.CompletedTask;
        var died = false;
        subject.World.Around.Appends = async (events, append) =>
        {
            var version = await append();
            if (!died && events.Any(stored => Surroundings.Told(stored) == moment))
            {
                died = true;
                await docker.Server.KillAsync();
                back = docker.Server.RestartAsync();
            }

            return version;
        };
        await using var moss = subject.World.Moss();

        var answer = await moss.PromoteInTheEndAsync(await subject.World.ImageCommandAsync(subject.World.Version(behaviour)));
        await back;

        died.ShouldBeTrue(moment);
        await AssertSettlesAsync(subject, moss, answer is CandidatePromoted ? behaviour : "healthy", policy, $"{moment}: {answer}");
    }

    private static async Task AssertSettlesAsync(SwapSubject subject, Life moss, string behaviour, string policy, string note)
    {
        // As Moss does when the engine is back.
        await Eventually.HoldsAsync(async () =>
        {
            await moss.Recovery.RecoverAsync(first: true, default);
            return (await subject.AllAsync()).Count(container => container.State == "running") == 1;
        });
        await subject.AssertOneAsync(behaviour, note);
        SeenContainers.Read(await subject.InspectAsync()).RestartPolicy.ShouldBe(policy, note);
    }

    private Task<SwapSubject> ServingAsync(string policy) =>
        SwapSubject.ServingAsync(docker, body => body["HostConfig"]!["RestartPolicy"] = new JsonObject { ["Name"] = policy });
}
