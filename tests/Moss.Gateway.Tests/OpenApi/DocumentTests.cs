using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.OpenApi;

/// <summary>The one description, put together from what services tell of themselves.</summary>
public sealed class DocumentTests
{
    private const string Document = "/openapi/v1.json";

    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["ingestion"] = "/api/batches", ["trials"] = "/api/trials", ["deployment"] = "/api/deployments", ["orchestrator"] = "/api/evolutions",
    };

    [Fact]
    public async Task It_describes_all_services_and_asks_them_without_a_key()
    {
        await using var bench = await StartAsync();

        var document = await ReadAsync(bench);

        document["paths"]!.AsObject().Select(path => path.Key).ShouldBe(Paths.Values, ignoreOrder: true);
        document["info"]!["description"]!.GetValue<string>().ShouldNotContain("Not there now");
        bench.The("planning").Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_that_went_away_is_shown_as_it_was_and_named()
    {
        await using var bench = await StartAsync("--Moss:Gateway:DocumentCache=00:00:00");
        await ReadAsync(bench);

        await bench.The("trials").StopAsync();

        var document = await ReadAsync(bench);
        document["paths"]!["/api/trials"].ShouldNotBeNull();
        document["info"]!["description"]!.GetValue<string>().ShouldContain("shown as it was last: trials.");
    }

    [Fact]
    public async Task A_service_that_was_never_there_is_left_out_and_named()
    {
        await using var bench = await StartAsync();
        await bench.The("trials").StopAsync();

        var document = await ReadAsync(bench);

        document["paths"]!["/api/trials"].ShouldBeNull();
        document["info"]!["description"]!.GetValue<string>().ShouldContain("left out: trials.");
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("[1]")]
    [InlineData("")]
    public async Task A_service_that_tells_nonsense_is_left_out_and_named(string nonsense)
    {
        await using var bench = await StartAsync();
        bench.The("trials").On(Document, context => context.Response.WriteAsync(nonsense));

        (await ReadAsync(bench))["info"]!["description"]!.GetValue<string>().ShouldContain("left out: trials.");
    }

    [Fact]
    public async Task The_services_are_not_asked_again_at_once()
    {
        await using var bench = await StartAsync("--Moss:Gateway:DocumentCache=01:00:00");

        await Task.WhenAll(ReadAsync(bench), ReadAsync(bench), ReadAsync(bench));

        bench.The("trials").Requests.ShouldHaveSingleItem();
    }

    private static async Task<GatewayBench> StartAsync(params string[] settings)
    {
        var bench = await GatewayBench.StartAsync(settings);
        foreach (var (service, path) in Paths)
        {
            bench.The(service).On(Document, context => context.Response.WriteAsync(
                $$"""{ "openapi": "3.1.1", "paths": { "{{path}}": { "get": { "summary": "s" } } }, "components": { "schemas": {} } }"""));
        }

        return bench;
    }

    private static async Task<JsonNode> ReadAsync(GatewayBench bench)
    {
        using var answer = await bench.GetAsync(Document);
        answer.IsSuccessStatusCode.ShouldBeTrue();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
