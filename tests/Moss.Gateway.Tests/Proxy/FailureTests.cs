using System.Net;
using Microsoft.AspNetCore.Http;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Proxy;

/// <summary>What a caller is told when a service is not there.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task A_service_that_is_down_is_named_and_found_again_as_soon_as_it_is_back()
    {
        await using var bench = await GatewayBench.StartAsync();
        await bench.The("ingestion").StopAsync();

        using (var down = await bench.PostAsync("/api/evidence", TestKeys.Report, GatewayBench.Json()))
        {
            var refusal = await Refusal.ShouldBeAsync(down, 502);
            refusal.Detail.ShouldBe("ingestion cannot be reached");
            refusal.Fix.ShouldContain("/health/ready");
            down.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(2));
        }

        using (var other = await bench.GetAsync("/api/evolutions", TestKeys.Read))
        {
            other.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await bench.ReadyAsync(ready => Check(ready, "ingestion").StartsWith("Unhealthy", StringComparison.Ordinal));
        await bench.The("ingestion").StartAsync();
        using var back = await bench.PostAsync("/api/evidence", TestKeys.Report, GatewayBench.Json());
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_service_that_does_not_answer_in_time_is_named()
    {
        await using var bench = await GatewayBench.StartAsync("--ReverseProxy:Clusters:trials:HttpRequest:ActivityTimeout=00:00:00.3");
        bench.The("trials").On("/api/trials", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));

        using var late = await bench.GetAsync("/api/trials", TestKeys.Read);

        (await Refusal.ShouldBeAsync(late, 504)).Detail.ShouldBe("trials did not answer in time");
        late.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_service_that_dies_over_a_request_is_named()
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.The("deployment").On("/api/deployments/till/start", context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        using var broken = await bench.PostAsync("/api/deployments/till/start", TestKeys.Operate, GatewayBench.Json());

        (await Refusal.ShouldBeAsync(broken, 502)).Fix.ShouldContain("look first whether it was done");
        broken.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Fact]
    public async Task When_sick_services_are_not_to_be_tried_the_caller_is_told_so()
    {
        const string Health = "--ReverseProxy:Clusters:trials:HealthCheck:";
        await using var bench = await GatewayBench.StartAsync(
            Health + "AvailableDestinationsPolicy=HealthyAndUnknown", Health + "Active:Enabled=true", Health + "Active:Interval=00:00:00.2",
            Health + "Active:Path=/health/ready", Health + "Active:Policy=ProbePolicy");
        bench.The("trials").Readiness = 503;
        await bench.ReadyAsync(ready => Check(ready, "trials").StartsWith("Unhealthy", StringComparison.Ordinal));

        using var sick = await bench.GetAsync("/api/trials", TestKeys.Read);

        (await Refusal.ShouldBeAsync(sick, 503)).Detail.ShouldBe("trials has no process that could be asked");
        sick.Headers.RetryAfter.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task What_a_service_itself_answers_is_passed_on_as_it_is(int status)
    {
        await using var bench = await GatewayBench.StartAsync();
        bench.The("trials").On("/api/trials", context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, "application/problem+json");
            context.Response.Headers.RetryAfter = "77";
            return context.Response.WriteAsync("""{ "title": "its own words" }""");
        });

        using var answer = await bench.GetAsync("/api/trials", TestKeys.Read);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("""{ "title": "its own words" }""");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(77));
    }

    [Fact]
    public async Task A_process_that_is_not_ready_gets_nothing_while_another_is()
    {
        await using var second = new StubService("ingestion") { Readiness = 503 };
        await second.StartAsync();
        await using var first = new StubService("ingestion");
        await first.StartAsync();
        await using var bench = await GatewayBench.StartAsync($"--Moss:Services:Ingestion={first.Url}, {second.Url}");
        await bench.ReadyAsync(ready => Check(ready, "ingestion") == "Healthy: 1 of 2 ready");

        for (var time = 0; time < 20; time++)
        {
            using var answer = await bench.GetAsync("/api/batches", TestKeys.Read);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        first.Requests.Count.ShouldBe(20);
        second.Readiness = 200;
        await bench.ReadyAsync(ready => Check(ready, "ingestion") == "Healthy: 2 of 2 ready");
    }

    private static string Check(System.Text.Json.Nodes.JsonNode ready, string service) => ready["checks"]![service]!.GetValue<string>();
}
