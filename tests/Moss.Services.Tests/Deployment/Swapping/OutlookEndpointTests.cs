using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moss.Deployment;
using Moss.Deployment.Instances.Containers;
using Moss.EventStore;
using Moss.ServiceDefaults.Problems;
using Moss.Services.Tests.Deployment.Containers;
using Moss.Substrates;

namespace Moss.Services.Tests.Deployment.Swapping;

/// <summary>GET /api/deployments/{substrate}/outlook, as those see it who are asked for consent.</summary>
[Collection(DockerCollection.Name)]
public sealed class OutlookEndpointTests(DockerUnderTest docker)
{
    [Fact]
    public async Task What_would_be_lost_changed_and_not_undone_is_said_before_anybody_consents()
    {
        var target = new SwapTarget { Snapshot = ["/state"], Rehearsal = new RehearsalStep(["true"]) };
        await using var subject = await SwapSubject.ServingAsync(docker, target: target);

        var outlook = await AskAsync(subject, $"desk/outlook?commit={subject.World.Version("better").Value}", HttpStatusCode.OK);

        outlook["substrate"]!.GetValue<string>().ShouldBe("desk");
        outlook["refusals"]!.AsArray().ShouldBeEmpty();
        outlook["rehearsed"]!.GetValue<bool>().ShouldBeTrue();
        outlook["copied"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe("/state");
        outlook["notices"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldStartWith("the state is rehearsed and copied");
        (await subject.AllAsync()).ShouldHaveSingleItem("looking ahead touches nothing").State.ShouldBe("running");
    }

    [Fact]
    public async Task A_state_that_is_neither_rehearsed_nor_copied_is_said_to_be_so_and_what_is_wrong_has_its_status()
    {
        await using var subject = await SwapSubject.ServingAsync(docker);

        var outlook = await AskAsync(subject, $"desk/outlook?commit={subject.World.Version("better").Value}", HttpStatusCode.OK);

        outlook["rehearsed"]!.GetValue<bool>().ShouldBeFalse();
        outlook["copied"]!.AsArray().ShouldBeEmpty();
        outlook["notices"]!.AsArray().Select(notice => notice!.GetValue<string>()).ShouldContain(notice => notice.StartsWith("the state is neither rehearsed nor copied"));
        (await AskAsync(subject, "desk/outlook?commit=nonsense", HttpStatusCode.BadRequest))["field"]!.GetValue<string>().ShouldBe("commit");
        (await AskAsync(subject, $"nobody/outlook?commit={subject.World.Base.Value}", HttpStatusCode.NotFound))["field"]!.GetValue<string>().ShouldBe("substrate");
    }

    private static async Task<JsonObject> AskAsync(SwapSubject subject, string path, HttpStatusCode expected)
    {
        await using var app = await StartAsync(subject.World);
        using var client = app.GetTestClient();
        using var response = await client.GetAsync(new Uri($"/api/deployments/{path}", UriKind.Relative));
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(expected, text);
        return JsonNode.Parse(text)!.AsObject();
    }

    private static async Task<WebApplication> StartAsync(World world)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        Life.Compose(builder.Services, world);
        builder.Services.AddSingleton<IEventAppender>(world.Store);
        builder.Services.AddSingleton<IEventReader>(world.Store);
        builder.Services.AddSingleton(world.Containers!.Engine);
        builder.Services.AddSingleton<IVersionImages>(world.Containers);
        builder.Services.AddSingleton(world.Containers.Swaps!);
        builder.Services.Configure<DeploymentOptions>(options => options.Engine = "docker");
        builder.Services.AddMossProblems();

        // Recovery and watches have tests of their own.
        foreach (var worker in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(DeploymentOptions).Assembly).ToList())
        {
            builder.Services.Remove(worker);
        }

        var app = builder.Build();
        app.UseMossProblems();
        app.MapDeployment();
        await app.StartAsync();
        return app;
    }
}
