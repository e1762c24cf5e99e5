using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Moss.Deployment.Instances;
using Moss.Deployment.Promoting;
using Moss.Deployment.Watching;
using Moss.EventStore;
using Moss.Services.Tests.Deployment.Watching;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment;

/// <summary>The routes below /api/deployments.</summary>
public sealed class EndpointTests : IAsyncLifetime
{
    private readonly World world = World.Fake();
    private DeploymentSite site = null!;

    public async Task InitializeAsync() => site = await DeploymentSite.StartAsync("/api/deployments", services =>
    {
        Life.Compose(services, world);
        services.AddSingleton<IEventAppender>(world.Store);
        services.AddSingleton<IEventReader>(world.Store);
        services.AddSingleton<IInstanceHost>(world.Machine!);
    });

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Starting_without_a_body_starts_the_stable_version_and_knows_it_as_good()
    {
        var deployment = await PostAsync("desk/start", null, HttpStatusCode.OK);

        Text(deployment, "phase").ShouldBe("serving");
        Text(deployment, "cause").ShouldBe("start");
        deployment["running"]!.GetValue<bool>().ShouldBeTrue();
        deployment["current"]!["commit"]!.GetValue<string>().ShouldBe(world.Base.Value);
        deployment["lastKnownGood"]!["commit"]!.GetValue<string>().ShouldBe(world.Base.Value);
        deployment["health"]!["healthy"]!.GetValue<bool>().ShouldBeTrue();
        Text(deployment, "logPath").ShouldStartWith(world.Folder);
        deployment["history"]!.AsArray().Select(row => row!["event"]!.GetValue<string>())
            .ShouldBe(["instanceStartRequested", "instanceServing", "lastKnownGoodKept"]);
    }

    [Fact]
    public async Task Starting_twice_starts_once()
    {
        await PostAsync("desk/start", null, HttpStatusCode.OK);
        await PostAsync("desk/start", new { reference = "main" }, HttpStatusCode.OK);

        world.Machine!.Starts.ShouldBe(1);
    }

    [Fact]
    public async Task Another_reference_than_what_serves_is_a_conflict()
    {
        var other = world.Version("other");
        await PostAsync("desk/start", null, HttpStatusCode.OK);

        var problem = await PostAsync("desk/start", new { reference = other.Value }, HttpStatusCode.Conflict);

        Text(problem, "field").ShouldBe("reference");
    }

    [Fact]
    public async Task Stopping_stops_and_starting_again_starts_what_served_last()
    {
        var other = world.Version("other");
        await PostAsync("desk/start", new { reference = other.Value }, HttpStatusCode.OK);

        var stopped = await PostAsync("desk/stop", null, HttpStatusCode.OK);
        world.Machine!.Running.ShouldBeEmpty();
        await PostAsync("desk/stop", null, HttpStatusCode.OK);
        var started = await PostAsync("desk/start", null, HttpStatusCode.OK);

        Text(stopped, "phase").ShouldBe("stopped");
        stopped["health"].ShouldBeNull();
        started["current"]!["commit"]!.GetValue<string>().ShouldBe(other.Value);
    }

    [Fact]
    public async Task Removing_stops_it_and_an_unknown_one_is_missing()
    {
        await PostAsync("desk/start", null, HttpStatusCode.OK);

        (await site.Client.DeleteAsync(new Uri("/api/deployments/desk?keepState=true", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await site.Client.DeleteAsync(new Uri("/api/deployments/nobody", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        world.Machine!.Running.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_version_that_does_not_come_up_is_stopped_and_told_and_never_known_as_good()
    {
        var problem = await PostAsync("desk/start", new { reference = world.Version("sick").Value }, HttpStatusCode.Conflict);

        Text(problem, "field").ShouldBe("deploy.probes");
        Text(problem, "detail").ShouldContain("did not come up healthy");
        world.Machine!.Running.ShouldBeEmpty();
        (await world.DeploymentAsync()).LastKnownGood.ShouldBeNull();
        await PostAsync("desk/start", null, HttpStatusCode.OK);
        world.Machine.Running.ShouldBe([world.Base.Value]);
    }

    [Theory]
    [InlineData("/api/deployments/nobody", "GET")]
    [InlineData("/api/deployments/nobody/start", "POST")]
    [InlineData("/api/deployments/nobody/stop", "POST")]
    [InlineData("/api/deployments/nobody/rollback", "POST")]
    public async Task An_unknown_substrate_is_a_problem_with_a_fix(string path, string method)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await site.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var problem = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Text(problem, "field").ShouldBe("substrate");
        Text(problem, "fix").ShouldContain("moss substrate add");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_promoted_version_is_taken_back_at_a_persons_word(bool body)
    {
        await PostAsync("desk/start", null, HttpStatusCode.OK);
        await site.Services.GetRequiredService<Promotions>().PromoteAsync(world.Command(world.Version("better")), default);

        var deployment = await PostAsync("desk/rollback", body ? new { by = "ada", reason = "customers complain" } : null, HttpStatusCode.OK);

        deployment["current"]!["commit"]!.GetValue<string>().ShouldBe(world.Base.Value);
        Text(deployment, "cause").ShouldBe("rollback");
        var decided = deployment["history"]!.AsArray().Single(row => row!["event"]!.GetValue<string>() == "productionRollbackDecided")!;
        decided["detail"]!.GetValue<string>().ShouldBe(body ? "by ada: customers complain" : "by anonymous: a person asked for it");
        Text(await PostAsync("desk/rollback", null, HttpStatusCode.Conflict), "detail").ShouldContain("was not promoted");
    }

    [Fact]
    public async Task What_was_never_promoted_is_not_taken_back()
    {
        await PostAsync("desk/start", null, HttpStatusCode.OK);

        Text(await PostAsync("desk/rollback", null, HttpStatusCode.Conflict), "field").ShouldBe("substrate");
        Text(await PostAsync("desk/rollback", new { reason = new string('x', 2001) }, HttpStatusCode.BadRequest), "field").ShouldBe("reason");

        world.Machine!.Running.ShouldBe([world.Base.Value]);
    }

    [Fact]
    public async Task A_watch_is_shown_with_its_sums()
    {
        Watched.Declare(world, new WatchDeclaration { Metrics = [new WatchedMetric("tasks", "http://127.0.0.1:9090", "failed", "all")] });
        await PostAsync("desk/start", null, HttpStatusCode.OK);
        var command = world.Command(world.Version("better"));
        await site.Services.GetRequiredService<Promotions>().PromoteAsync(command, default);
        var clock = (HurryingClock)world.Clock;
        for (var look = 0; look < 3; look++)
        {
            await site.Services.GetRequiredService<Watches>().LookAsync(World.Substrate, default);
            world.Metrics.Happen(1, 10);
            clock.Pass(TimeSpan.FromMinutes(1));
        }

        var watch = (await site.GetAsync("desk"))["watch"]!.AsObject();

        (Text(watch, "outcome"), Text(watch, "commit"), Text(watch, "before")).ShouldBe(("watching", command.Commit, world.Base.Value));
        (watch["watchedSeconds"]!.GetValue<double>(), watch["windowSeconds"]!.GetValue<double>()).ShouldBe((60, 3600));
        var metric = watch["metrics"]!.AsArray().ShouldHaveSingleItem()!;
        (metric["failures"]!.GetValue<double>(), metric["total"]!.GetValue<double>()).ShouldBe((1, 10));
    }

    [Theory]
    [InlineData("no-such-branch", HttpStatusCode.Conflict)]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("  ", HttpStatusCode.BadRequest)]
    public async Task A_reference_that_names_nothing_is_a_problem(string reference, HttpStatusCode status)
    {
        var problem = await PostAsync("desk/start", new { reference }, status);

        Text(problem, "field").ShouldBe("reference");
        Text(problem, "fix").ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"reference\": 7}")]
    public async Task A_malformed_body_is_a_bad_request(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await site.Client.PostAsync(new Uri("/api/deployments/desk/start", UriKind.Relative), content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        world.Machine!.Starts.ShouldBe(0);
    }

    [Fact]
    public async Task A_library_has_nothing_to_start()
    {
        world.Repository.Declaration = world.Repository.Declaration with { Deploy = null };

        Text(await PostAsync("desk/start", null, HttpStatusCode.Conflict), "field").ShouldBe("deploy");
    }

    [Fact]
    public async Task The_list_has_a_row_for_what_was_deployed()
    {
        (await site.Client.GetFromJsonAsync<JsonArray>(new Uri("/api/deployments", UriKind.Relative)))!.ShouldBeEmpty();
        await PostAsync("desk/start", null, HttpStatusCode.OK);

        var row = (await site.Client.GetFromJsonAsync<JsonArray>(new Uri("/api/deployments", UriKind.Relative)))!.ShouldHaveSingleItem()!.AsObject();

        Text(row, "substrate").ShouldBe("desk");
        row["running"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_registered_substrate_that_was_never_deployed_is_stopped()
    {
        var deployment = (await site.GetAsync("desk"));

        Text(deployment, "phase").ShouldBe("stopped");
        deployment["current"].ShouldBeNull();
        Directory.Exists(world.Folder).ShouldBeFalse();
    }

    private Task<JsonObject> PostAsync(string path, object? body, HttpStatusCode expected) => site.PostAsync(path, body, expected);

    private static string Text(JsonObject json, string member) => json[member]!.GetValue<string>();
}
