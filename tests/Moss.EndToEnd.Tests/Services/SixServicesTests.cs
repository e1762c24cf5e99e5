using System.Net;
using Moss.Cli.Api;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Substrates;
using Xunit.Abstractions;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>The main job done by six processes over RabbitMQ and PostgreSQL, and what they bear.</summary>
public sealed class SixServicesTests(ServicesBench bench, ITestOutputHelper output) : IClassFixture<ServicesBench>
{
    private static readonly string[] OneCallEach = ["locate", "plan", "review-plan", "implement", "review-code", "propose-verdict"];

    [Fact]
    public async Task A_reported_failure_ends_as_a_repaired_version_that_serves()
    {
        var course = await BeginAsync("till-six", Scripts.Repairs);

        await ConvergesAsync(course);

        Roles(course).ShouldBe(OneCallEach);
        (await course.Till.HealthAsync()).ShouldBe(new TillHealth(Sample: 90, Sales: 1));
    }

    [Fact]
    public async Task One_trace_leads_through_all_services_of_an_evolution()
    {
        var course = await BeginAsync("till-traced", Scripts.Repairs);

        var end = await ConvergesAsync(course);

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
        var course = await BeginAsync("till-broker", Scripts.But("plan", async call =>
        {
            await bench.Rabbit.KillAsync();
            await bench.Rabbit.RestartAsync();
            return Scripts.Good(call.Role);
        }));

        await ConvergesAsync(course);

        Roles(course).ShouldBe(OneCallEach);
    }

    [Fact]
    public async Task A_service_that_is_killed_at_work_takes_its_command_up_again()
    {
        var held = new Held("implement");
        var course = await BeginAsync("till-service", held.Script);
        var author = await held.CallAsync();

        await bench.The("Implementation").KillAsync();
        await author.KilledAsync();
        await bench.The("Implementation").StartAsync();

        await ConvergesAsync(course);
        Roles(course).ShouldBe(["locate", "plan", "review-plan", "implement", "implement", "review-code", "propose-verdict"]);
    }

    [Fact]
    public async Task A_standby_goes_on_when_the_orchestrator_is_killed()
    {
        var standby = await bench.AddAsync("Orchestrator");
        var first = bench.The("Orchestrator");
        var course = await BeginAsync("till-standby", Scripts.But("locate", async call =>
        {
            await first.KillAsync();
            return Scripts.Good(call.Role);
        }));

        await ConvergesAsync(course);

        Roles(course).ShouldBe(OneCallEach);
        standby.Url.ShouldNotBeNull();
        await first.StartAsync();
        await ServicesBench.ReadyAsync(first);
    }

    [Fact]
    public async Task Trials_of_one_evolution_are_run_by_all_runners_and_one_of_them_may_die()
    {
        var others = await Task.WhenAll(bench.AddAsync("Trials"), bench.AddAsync("Trials"));
        var course = await BeginAsync("till-runners", Scripts.But("propose-verdict", async call =>
        {
            await others[0].KillAsync();
            return Scripts.Good(call.Role);
        }));

        var end = await ConvergesAsync(course);

        end.TrialsPerRunner.ShouldNotBeNull().Keys.ShouldBe(["trials-0", "trials-1", "trials-2"], ignoreOrder: true);
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

    private async Task<Course> BeginAsync(string name, AgentScript script)
    {
        var course = new Course(bench, bench.Till(name, script));
        await course.OpenAsync(deploy: true);
        await course.Till.SellAsync();
        await course.BeginAsync();
        return course;
    }

    private async Task<EvolutionView> ConvergesAsync(Course course)
    {
        EvolutionView end;
        try
        {
            end = await RunAsync(course);
        }
        catch
        {
            output.WriteLine(bench.Said);
            throw;
        }

        end.Ending.ShouldNotBeNull();
        end.Ending.Verdict.ShouldBe("Converged", end.Ending.Reason);
        end.Ending.Promoted.ShouldBeTrue(end.Ending.Reason);
        (await course.TimelineAsync()).Answers().ShouldBeUnique();
        (await course.AuditAsync()).Ok.ShouldBeTrue();
        return end;
    }

    /// <summary>Whoever follows is cut off when the orchestrator that it asked dies, and asks the next.</summary>
    private static async Task<EvolutionView> RunAsync(Course course)
    {
        for (var cuts = 0; ; cuts++)
        {
            try
            {
                return await course.RunAsync();
            }
            catch (Exception cut) when (cuts < 3 && cut is not OperationCanceledException)
            {
                // Follow again.
            }
        }
    }

    private IEnumerable<string> Roles(Course course) => bench.Desk.CallsFor(course.Till.Name).Select(call => call.Role);
}
