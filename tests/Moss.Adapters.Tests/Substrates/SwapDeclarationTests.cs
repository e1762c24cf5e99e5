using Moss.Substrates;

namespace Moss.Adapters.Tests.Substrates;

public sealed class SwapDeclarationTests
{
    private const string Image = Readings.Minimal + "image: { dockerfile: Dockerfile }\n";
    private const string Exec = "probes: [ exec: { command: [x] } ]";

    [Fact]
    public void A_container_that_runs_already_is_named_and_needs_no_command()
    {
        var deploy = Readings.Declared(Image + $"deploy: {{ swap: {{ container: redis, snapshot: [/data], loses: ['var/**'] }}, {Exec} }}").Declaration.Deploy.ShouldNotBeNull();

        deploy.Command.ShouldBeEmpty();
        var swap = deploy.Swap.ShouldNotBeNull();
        swap.Container.ShouldBe("redis");
        swap.Snapshot.ShouldBe(["/data"]);
        swap.Loses.ShouldBe(["var/**"]);
    }

    [Fact]
    public void Startup_and_liveness_have_probes_of_their_own()
    {
        var deploy = Readings.Declared(
            Readings.Minimal + "deploy: { command: [x], port: 80, probes: [ tcp: {} ], startup: { probes: [ http: { path: /up } ], window: 3m }, liveness: [ tcp: {} ], minimumHealthy: 30s }").Declaration.Deploy!;

        deploy.Startup!.Probes.ShouldHaveSingleItem().ShouldBe(new Probe.Http("/up"));
        deploy.Startup.Window.ShouldBe(TimeSpan.FromMinutes(3));
        deploy.Liveness.ShouldHaveSingleItem().ShouldBe(new Probe.Tcp());
        deploy.MinimumHealthy.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Theory]
    [InlineData("{ reads: [redis-cli, dbsize] }", 60)]
    [InlineData("{ reads: [redis-cli, dbsize], window: 2m }", 120)]
    public void A_rehearsal_says_when_the_state_is_read_and_how_long_that_may_take(string rehearsal, int seconds)
    {
        var declared = Readings.Declared(Image + $"deploy: {{ swap: {{ container: redis, rehearsal: {rehearsal} }}, {Exec} }}").Declaration.Deploy!.Swap!.Rehearsal.ShouldNotBeNull();

        declared.Reads.ShouldBe(["redis-cli", "dbsize"]);
        declared.Window.ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData("{ swap: { container: redis, rehearsal: {} }, " + Exec + " }", "deploy.swap.rehearsal.reads", "is missing")]
    [InlineData("{ swap: { container: redis, rehearsal: { reads: [] } }, " + Exec + " }", "deploy.swap.rehearsal.reads", "is empty")]
    [InlineData("{ swap: { container: redis, rehearsal: { reads: [x], window: 500ms } }, " + Exec + " }", "deploy.swap.rehearsal.window", "500ms")]
    [InlineData("{ swap: { container: redis, rehearsal: { reads: [x], windw: 5s } }, " + Exec + " }", "deploy.swap.rehearsal.windw", "is not a key")]
    [InlineData("{ swap: {}, " + Exec + " }", "deploy.swap", "does not say which container")]
    [InlineData("{ swap: { container: redis, compose: shop/redis }, " + Exec + " }", "deploy.swap", "names a container and a service")]
    [InlineData("{ swap: { container: 'a b' }, " + Exec + " }", "deploy.swap.container", "is 'a b'")]
    [InlineData("{ swap: { container: ../redis }, " + Exec + " }", "deploy.swap.container", "is '../redis'")]
    [InlineData("{ swap: { compose: redis }, " + Exec + " }", "deploy.swap.compose", "is 'redis'")]
    [InlineData("{ swap: { compose: a/b/c }, " + Exec + " }", "deploy.swap.compose", "is 'a/b/c'")]
    [InlineData("{ swap: { container: redis, snapshot: [data] }, " + Exec + " }", "deploy.swap.snapshot[0]", "is not absolute")]
    [InlineData("{ swap: { container: redis, loses: [/var] }, " + Exec + " }", "deploy.swap.loses[0]", "is absolute")]
    [InlineData("{ swap: { container: redis }, command: [x], " + Exec + " }", "deploy.swap", "stands beside command")]
    [InlineData("{ swap: { container: redis }, container: { state: /data }, " + Exec + " }", "deploy.swap", "stands beside command")]
    [InlineData("{ swap: { container: redis }, probes: [ heartbeat: { file: beat, maximumAge: 9s } ] }", "deploy.swap.state", "is missing")]
    [InlineData("{ command: [x], probes: [ engine: {} ] }", "deploy.swap", "is missing, and the engine probe")]
    [InlineData("{ command: [x], " + Exec + ", liveness: [ tcp: {} ] }", "deploy.port", "is missing")]
    public void What_cannot_work_is_said_with_its_field(string deploy, string field, string problem)
    {
        var found = Readings.Problems(Image + "deploy: " + deploy).ShouldHaveSingleItem();

        found.Field.ShouldBe(field);
        found.Problem.ShouldContain(problem);
        found.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_swap_needs_an_image() =>
        Readings.Problems(Readings.Minimal + $"deploy: {{ swap: {{ container: redis }}, {Exec} }}").ShouldHaveSingleItem().Field.ShouldBe("image");
}
