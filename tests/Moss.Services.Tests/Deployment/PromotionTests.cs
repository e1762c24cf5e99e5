using System.Net;
using System.Net.Sockets;
using Moss.Contracts.Deployment;

namespace Moss.Services.Tests.Deployment;

/// <summary>Promotions of a real server in real processes.</summary>
public sealed class PromotionTests
{
    [Fact]
    public async Task A_good_candidate_serves_on_the_same_state_and_port_and_is_published()
    {
        await using var world = await World.Real().ServingAsync();
        await using var moss = world.Moss();
        var candidate = world.Version("better");

        var promoted = await moss.PromoteAsync<CandidatePromoted>(world.Command(candidate));

        promoted.Commit.ShouldBe(candidate.Value);
        promoted.Probes.Count(round => round.Passed).ShouldBeGreaterThanOrEqualTo(3);
        promoted.DowntimeSeconds.ShouldBeGreaterThan(0);
        (await world.AskAsync()).ShouldBe("better");
        world.Starts().ShouldBe(["healthy", "better"]);
        world.Repository.Branches["moss/evolved"].ShouldBe(candidate.Value);
        var deployment = await world.DeploymentAsync();
        deployment.Current!.Version.Commit.ShouldBe(candidate.Value);
        deployment.LastKnownGood!.Commit.ShouldBe(world.Base.Value);
        deployment.Promotion.ShouldBeNull();
        var history = (await moss.Reader.ReadAsync(World.Substrate, default)).History.Select(row => row.Event).ToList();
        history.IndexOf("promotionOpened").ShouldBeLessThan(history.IndexOf("probed"));
        history.IndexOf("probed").ShouldBeLessThan(history.IndexOf("promotionClosed"));
        AssertOneWriter(world);
    }

    [Theory]
    [InlineData("sick", "500")]
    [InlineData("dying", "process ended")]
    [InlineData("boot", "process ended")]
    public async Task A_candidate_that_does_not_stay_healthy_is_undone_and_the_state_is_intact(string behaviour, string reason)
    {
        await using var world = await World.Real().ServingAsync();
        world.Repository.Declaration = world.Repository.Declaration with
        {
            Deploy = world.Repository.Declaration.Deploy! with { Window = TimeSpan.FromSeconds(behaviour == "sick" ? 3 : 20) },
        };
        await using var moss = world.Moss();
        var candidate = world.Version(behaviour);

        var undone = await moss.PromoteAsync<PromotionRolledBack>(world.Command(candidate));

        undone.LastKnownGood.ShouldBe(world.Base.Value);
        undone.Reason.ShouldContain(reason);
        undone.LogTail.ShouldContain($"starting {behaviour}");
        (await world.AskAsync()).ShouldBe("healthy");
        world.Starts().ShouldBe(["healthy", behaviour, "healthy"]);
        world.Repository.Branches.ShouldNotContainKey("moss/evolved");
        (await world.DeploymentAsync()).Current!.Version.Commit.ShouldBe(world.Base.Value);
        AssertOneWriter(world);
    }

    [Fact]
    public async Task The_log_of_a_candidate_that_does_not_boot_says_why()
    {
        await using var world = await World.Real().ServingAsync();
        await using var moss = world.Moss();

        var undone = await moss.PromoteAsync<PromotionRolledBack>(world.Command(world.Version("boot")));

        undone.LogTail.ShouldContain("Traceback: the harness does not import");
    }

    [Fact]
    public async Task A_slow_start_is_no_failure()
    {
        await using var world = await World.Real().ServingAsync();
        await using var moss = world.Moss();

        var promoted = await moss.PromoteAsync<CandidatePromoted>(world.Command(world.Version("slow")));

        promoted.Probes[0].Passed.ShouldBeFalse();
        promoted.DowntimeSeconds.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task A_version_that_ignores_TERM_is_killed_and_replaced()
    {
        await using var world = World.Real();
        world.Repository.Declaration = world.Repository.Declaration with
        {
            Deploy = world.Repository.Declaration.Deploy! with { Grace = TimeSpan.FromMilliseconds(100) },
        };
        world.Repository.Branches["main"] = world.Version("stubborn").Value;
        await world.ServingAsync();
        await using var moss = world.Moss();

        await moss.PromoteAsync<CandidatePromoted>(world.Command(world.Version("better")));

        (await world.AskAsync()).ShouldBe("better");
        AssertOneWriter(world);
    }

    [Fact]
    public async Task A_command_that_cannot_be_run_is_undone()
    {
        await using var world = await World.Real().ServingAsync();
        var serving = world.Repository.Declaration;
        world.Repository.Declaration = serving with { Deploy = serving.Deploy! with { Command = ["./no-such-program"] } };
        await using var moss = world.Moss();

        // The declaration is the base's, so the restored version has the same trouble: a person is called, and told.
        var undone = await moss.PromoteAsync<PromotionRolledBack>(world.Command(world.Version("better")));

        undone.Reason.ShouldContain("could not be started");
        undone.Reason.ShouldContain("did not come up healthy either");
        world.Repository.Declaration = serving;
        await using var next = world.Moss();
        await next.Recovery.RecoverAsync(first: true, default);
        (await world.AskAsync()).ShouldBe("healthy");
    }

    [Fact]
    public async Task Two_promotions_in_a_row_each_keep_the_version_before_as_last_known_good()
    {
        await using var world = await World.Real().ServingAsync();
        await using var moss = world.Moss();
        var first = world.Version("better");
        var second = world.Version("best");

        await moss.PromoteAsync<CandidatePromoted>(world.Command(first));
        await moss.PromoteAsync<CandidatePromoted>(world.Command(second, basedOn: first));

        (await world.DeploymentAsync()).LastKnownGood!.Commit.ShouldBe(first.Value);
        world.Starts().ShouldBe(["healthy", "better", "best"]);
    }

    [Fact]
    public async Task A_port_that_somebody_else_holds_refuses_before_anything_is_touched()
    {
        await using var world = await World.Real().ServingAsync();
        using var stranger = new TcpListener(IPAddress.Loopback, 0);
        stranger.Start();
        var serving = world.Repository.Declaration;
        world.Repository.Declaration = serving with { Deploy = serving.Deploy! with { Port = ((IPEndPoint)stranger.LocalEndpoint).Port } };
        await using var moss = world.Moss();

        var refused = await moss.PromoteAsync<PromotionRefused>(world.Command(world.Version("better")));

        refused.Ground.ShouldBe("NotReady");
        refused.Reason.ShouldContain("is held by");
        world.Repository.Declaration = serving;
        (await world.AskAsync()).ShouldBe("healthy");
        world.Starts().ShouldBe(["healthy"]);
    }

    private static void AssertOneWriter(World world) => File.Exists(Path.Combine(world.State, "two-writers")).ShouldBeFalse();
}
