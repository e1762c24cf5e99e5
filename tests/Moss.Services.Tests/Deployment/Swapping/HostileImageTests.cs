using System.Text.Json.Nodes;
using Moss.Contracts.Deployment;
using Moss.Domain.Promotion;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>Candidates whose images say whatever they like of themselves.</summary>
[Collection(DockerCollection.Name)]
public sealed class HostileImageTests(DockerUnderTest docker)
{
    [Fact]
    public async Task What_the_engine_calls_healthy_and_the_probe_does_not_is_taken_back()
    {
        await using var subject = await SwapSubject.ServingAsync(docker, AlwaysHealthy);
        subject.Declare(deploy => deploy with { Probes = [new Probe.Engine(), new Probe.Http("/health")], Window = TimeSpan.FromSeconds(5) });
        var command = await subject.World.ImageCommandAsync(subject.World.Version("sick"));
        await using var moss = subject.World.Moss();

        var undone = await moss.PromoteAsync<PromotionRolledBack>(command);

        undone.Reason.ShouldContain("answered 500");
        var rounds = (await subject.World.JournalAsync(command)).OfType<Probed>().Where(probed => probed.Arm == PromotionArm.Candidate);
        rounds.Last().Round.Detail.ShouldStartWith("the engine says: healthy; http /health answered 500");
        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
    }

    [Theory]
    [InlineData("HEALTHCHECK --interval=1s CMD head -c 10000000 /dev/zero | tr '\\\\0' x")]
    [InlineData("LABEL io.moss.swap=desk com.docker.compose.project=shop com.docker.compose.service=desk")]
    [InlineData("VOLUME /var/run /desk/more")]
    [InlineData("STOPSIGNAL 99")]
    public async Task What_works_all_the_same_is_promoted_and_taken_back_as_any_other(string instructions)
    {
        await using var subject = await SwapSubject.ServingAsync(docker);
        var before = await subject.IdAsync();
        await using var moss = subject.World.Moss();

        await moss.PromoteAsync<CandidatePromoted>(await subject.World.ImageCommandAsync(subject.World.Version("better", instructions)));

        await subject.AssertOneAsync("better");
        await subject.AssertArmedAsync();
        await moss.Rollbacks.RollBackAsync(World.Substrate, "ada", "it is not to be trusted", default);
        (await subject.IdAsync()).ShouldBe(before);
        await subject.AssertOneAsync("healthy");
        await subject.AssertArmedAsync();
    }

    private static void AlwaysHealthy(JsonObject body) =>
        body["Healthcheck"] = new JsonObject { ["Test"] = new JsonArray("CMD", "true"), ["Interval"] = 500_000_000, ["Timeout"] = 1_000_000_000 };
}
