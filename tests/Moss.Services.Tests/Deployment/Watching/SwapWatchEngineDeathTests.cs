using Moss.Services.Tests.Deployment.Containers;
using Moss.Testing;

namespace Moss.Services.Tests.Deployment.Watching;

/// <summary>The engine is killed while a promoted swap is watched: that says nothing about the version.</summary>
[Trait("Duration", "long")]
public sealed class SwapWatchEngineDeathTests(DockerUnderTest docker) : IClassFixture<DockerUnderTest>
{
    [Theory]
    [InlineData("always", true, 0)]
    [InlineData("no", false, 1)]
    public async Task The_version_is_started_again_and_watched_on(string restartPolicy, bool lookedWhileItWasAway, int repairs)
    {
        if (!docker.Server.IsOurs)
        {
            return;
        }

        await using var watch = await SwapWatch.BegunAsync(docker, restartPolicy);

        await docker.Server.KillAsync();
        if (lookedWhileItWasAway)
        {
            await watch.LookAsync();
        }

        await docker.Server.RestartAsync();
        for (var look = 0; look < 3; look++)
        {
            await watch.LookAsync();
        }

        await watch.ShouldBeWatchedOnAsync(repairs);

        // What the engine starts by itself nobody has waited for.
        await Eventually.HoldsAsync(async () => (await watch.Subject.StartsAsync()).Length >= 3);
        (await watch.Subject.StartsAsync()).ShouldBe(["healthy", "better", "better"]);
    }
}
