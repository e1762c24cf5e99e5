using System.Text.RegularExpressions;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Proxy;

/// <summary>One trace goes through the gateway (W3C trace context).</summary>
public sealed class TraceTests : IAsyncLifetime
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Span = "b7ad6b7169203331";

    private GatewayBench bench = null!;

    public async Task InitializeAsync() => bench = await GatewayBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task The_callers_trace_goes_on_in_the_service()
    {
        using var answer = await bench.SendAsync(
            HttpMethod.Get, "/api/batches", TestKeys.Read, null, ("traceparent", $"00-{Trace}-{Span}-01"), ("tracestate", "caller=1"), ("baggage", "tenant=7"));

        var request = bench.The("ingestion").Requests.ShouldHaveSingleItem();
        var sent = Regex.Match(request.Header("traceparent").ShouldNotBeNull(), "^00-([0-9a-f]{32})-([0-9a-f]{16})-01$");
        sent.Groups[1].Value.ShouldBe(Trace);
        sent.Groups[2].Value.ShouldNotBe(Span, "the gateway is a step of its own");
        request.Header("tracestate").ShouldBe("caller=1");
        request.Header("baggage").ShouldNotBeNull().Replace(" ", "").ShouldBe("tenant=7");
    }

    [Fact]
    public async Task A_trace_begins_here_when_the_caller_has_none()
    {
        using var answer = await bench.GetAsync("/api/batches", TestKeys.Read);

        bench.The("ingestion").Requests.ShouldHaveSingleItem().Header("traceparent").ShouldNotBeNull().ShouldMatch("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$");
    }
}
