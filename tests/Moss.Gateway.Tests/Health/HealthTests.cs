using System.Net;
using System.Text.Json.Nodes;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Health;

public sealed class HealthTests : IAsyncLifetime
{
    private GatewayBench bench = null!;

    public async Task InitializeAsync() => bench = await GatewayBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task It_lives_without_a_key_and_without_services()
    {
        await Task.WhenAll(bench.Services.Select(service => service.StopAsync()));

        using var live = await bench.GetAsync("/health/live");

        live.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task All_six_services_are_told_by_name()
    {
        var ready = await bench.ReadyAsync(view => Status(view) == "Healthy");

        ready["checks"]!.AsObject().Select(check => check.Key).ShouldBe(bench.Services.Select(service => service.Name), ignoreOrder: true);
        ready["checks"]!.AsObject().ShouldAllBe(check => check.Value!.GetValue<string>() == "Healthy: 1 of 1 ready");
    }

    [Fact]
    public async Task One_that_is_missing_is_named_and_does_not_take_the_others_away()
    {
        await bench.The("planning").StopAsync();

        var ready = await bench.ReadyAsync(view => Status(view) == "Degraded");

        ready["checks"]!["planning"]!.GetValue<string>().ShouldNotStartWith("Healthy");
    }

    [Fact]
    public async Task One_that_says_that_it_is_not_ready_is_not_ready()
    {
        bench.The("trials").Readiness = 503;

        await bench.ReadyAsync(view => view["checks"]!["trials"]!.GetValue<string>() == "Unhealthy: 0 of 1 ready");
    }

    [Fact]
    public async Task Without_any_service_it_is_not_ready_until_one_is_back()
    {
        await Task.WhenAll(bench.Services.Select(service => service.StopAsync()));
        await bench.ReadyAsync(view => Status(view) == "Unhealthy");

        await bench.The("orchestrator").StartAsync();

        await bench.ReadyAsync(view => Status(view) == "Degraded");
    }

    [Fact]
    public async Task Where_services_are_is_told_to_nobody()
    {
        var ready = await bench.ReadyAsync(view => Status(view) == "Healthy");

        ready.ToJsonString().ShouldNotContain("127.0.0.1");
    }

    private static string Status(JsonNode ready) => ready["status"]!.GetValue<string>();
}
