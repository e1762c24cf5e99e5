using System.Net;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Substrates;
using Moss.Testing;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>The main job done by six processes over RabbitMQ and PostgreSQL, and what they bear.</summary>
public sealed class SixServicesTests(ServicesBench bench, ITestOutputHelper output) : IClassFixture<ServicesBench>
{
    private static readonly string[] OneCallEach = ["locate", "plan", "review-plan", "implement", "review-code", "propose-verdict"];

    [Fact]
    public async Task A_reported_failure_ends_as_a_repaired_version_that_serves()
    {
        var course = await bench.BeginAsync("till-six", Scripts.Repairs);

        await bench.ConvergesAsync(course, output);

        bench.Roles(course).ShouldBe(OneCallEach);
        (await course.Till.HealthAsync()).ShouldBe(new TillHealth(Sample: 90, Sales: 1));
    }

    [Fact]
    public async Task One_trace_leads_through_all_services_of_an_evolution()
    {
        var course = await bench.BeginAsync("till-traced", Scripts.Repairs);

        var end = await bench.ConvergesAsync(course, output);

        foreach (var service in new[] { "Moss.Orchestrator", "Moss.Planning", "Moss.Implementation", "Moss.Trials", "Moss.Deployment" })
        {
            await Eventually.HoldsAsync(() => bench.Collector.HasTrace(service, end.Id), $"spans of {service}");
        }

        await Eventually.HoldsAsync(() => bench.Collector.Has("metrics", "Moss.Trials", "moss.trial.duration"), "trials");
        await Eventually.HoldsAsync(() => bench.Collector.Has("metrics", "Moss.Planning", "moss.stage.wait"), "waits");
        await Eventually.HoldsAsync(() => bench.Collector.Has("logs", "Moss.Trials", "Application started"), "logs");
    }

    [Fact]
    public async Task A_broker_that_is_killed_in_the_middle_and_comes_back_costs_nothing_twice()
    {
        var course = await bench.BeginAsync("till-broker", Scripts.But("plan", async call =>
        {
            await bench.Rabbit.KillAsync();
            await bench.Rabbit.RestartAsync();
            return Scripts.Good(call.Role);
        }));

        await bench.ConvergesAsync(course, output);

        bench.Roles(course).ShouldBe(OneCallEach);
    }

    [Fact]
    public async Task A_service_that_is_killed_at_work_takes_its_command_up_again()
    {
        var held = new Held("implement");
        var course = await bench.BeginAsync("till-service", held.Script);
        var author = await held.CallAsync();

        await bench.The("Implementation").KillAsync();
        await author.KilledAsync();
        await bench.The("Implementation").StartAsync();

        await bench.ConvergesAsync(course, output);
        bench.Roles(course).ShouldBe(["locate", "plan", "review-plan", "implement", "implement", "review-code", "propose-verdict"]);
    }

    [Fact]
    public async Task A_standby_goes_on_when_the_orchestrator_is_killed()
    {
        var standby = await bench.AddAsync("Orchestrator");
        var first = bench.The("Orchestrator");
        var course = await bench.BeginAsync("till-standby", Scripts.But("locate", async call =>
        {
            await first.KillAsync();
            return Scripts.Good(call.Role);
        }));

        await bench.ConvergesAsync(course, output);

        bench.Roles(course).ShouldBe(OneCallEach);
        standby.Url.ShouldNotBeNull();
        await first.StartAsync();
        await ServicesBench.ReadyAsync(first);
    }

    [Fact]
    public async Task Trials_of_one_evolution_are_run_by_all_runners()
    {
        var more = await Task.WhenAll(bench.AddAsync("Trials"), bench.AddAsync("Trials"));
        var course = await bench.BeginAsync("till-runners", Scripts.Repairs);

        var end = await bench.ConvergesAsync(course, output);

        more.Append(bench.The("Trials")).Select(runner => runner.Runner).ShouldBeSubsetOf(end.TrialsPerRunner.ShouldNotBeNull().Keys);
    }

    [Fact]
    public async Task A_runner_that_is_added_in_the_middle_takes_its_share()
    {
        ServiceUnderTest? added = null;
        var course = await bench.BeginAsync("till-added-runner", Scripts.But("implement", async call =>
        {
            added ??= await bench.AddAsync("Trials");
            return Scripts.Good(call.Role);
        }));

        var end = await bench.ConvergesAsync(course, output);

        end.TrialsPerRunner.ShouldNotBeNull().Keys.ShouldContain(added.ShouldNotBeNull().Runner);
    }

    [Fact]
    public async Task Several_substrates_evolve_at_once()
    {
        var courses = await Task.WhenAll(Enumerable.Range(0, 3).Select(number => bench.BeginAsync($"till-at-once-{number}", Scripts.Repairs)));

        await Task.WhenAll(courses.Select(course => bench.ConvergesAsync(course, output)));

        courses.ShouldAllBe(course => bench.Roles(course).SequenceEqual(OneCallEach));
    }

    [Fact]
    public async Task A_runner_that_dies_in_the_middle_of_its_trials_costs_none_of_them()
    {
        var runner = await bench.AddAsync("Trials");
        var course = await bench.BeginAsync("till-dead-runner", Scripts.Repairs);
        await Eventually.HoldsAsync(async () => await ServicesBench.RunningTrialsAsync(runner) > 0, "it runs a trial");

        await runner.KillAsync();

        await bench.ConvergesAsync(course, output);
    }

    [Fact]
    public async Task Every_service_tells_that_it_lives_and_what_it_has()
    {
        using var live = await ServicesBench.HealthAsync(bench.The("Planning"), "live");
        using var ready = await ServicesBench.HealthAsync(bench.The("Planning"), "ready");

        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
        var said = await ready.Content.ReadAsStringAsync();
        said.ShouldContain("\"database\":\"Healthy");
        said.ShouldContain("masstransit-bus");
    }
}
