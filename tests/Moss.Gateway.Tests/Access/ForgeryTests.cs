using System.Net;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Access;

/// <summary>What a caller may say about itself, and where it may get by how it writes a path.</summary>
public sealed class ForgeryTests : IAsyncLifetime
{
    private GatewayBench bench = null!;

    public async Task InitializeAsync() => bench = await GatewayBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Fact]
    public async Task The_service_is_told_the_name_of_the_key_whatever_the_caller_says()
    {
        using var answer = await bench.SendAsync(
            HttpMethod.Get, "/api/batches", TestKeys.Read, null, ("X-Moss-Caller", "the-approve-er"), ("x-moss-caller", "root"), ("X-MOSS-Anything", "else"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var request = bench.The("ingestion").Requests.ShouldHaveSingleItem();
        request.Header("X-Moss-Caller").ShouldBe("the-read-er");
        request.Header("X-Moss-Anything").ShouldBeNull();
    }

    [Fact]
    public async Task The_key_itself_goes_no_further()
    {
        using var bearer = await bench.GetAsync("/api/batches", TestKeys.Read);
        using var header = await bench.SendAsync(HttpMethod.Get, "/api/batches", headers: ("X-Api-Key", TestKeys.Read));

        bench.The("ingestion").Requests.Count.ShouldBe(2);
        bench.The("ingestion").Requests.SelectMany(request => request.Headers.Values).ShouldNotContain(value => value.Contains(TestKeys.Read));
    }

    [Fact]
    public async Task The_address_that_a_caller_claims_is_replaced()
    {
        using var answer = await bench.SendAsync(HttpMethod.Get, "/api/batches", TestKeys.Read, null, ("X-Forwarded-For", "10.9.8.7"));

        bench.The("ingestion").Requests.ShouldHaveSingleItem().Header("X-Forwarded-For").ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task What_belongs_to_the_request_arrives_unchanged()
    {
        const string Body = """{ "substrate": "till", "complaint": "ä ∑ 🦊" }""";

        using var answer = await bench.SendAsync(HttpMethod.Post, "/api/evidence", TestKeys.Report, GatewayBench.Json(Body), ("Idempotency-Key", "k-1"));

        var request = bench.The("ingestion").Requests.ShouldHaveSingleItem();
        request.Body.ShouldBe(Body);
        request.Header("Idempotency-Key").ShouldBe("k-1");
        request.Header("Content-Type").ShouldBe("application/json; charset=utf-8");
    }

    [Theory]
    [InlineData("/api/evolutions/ID/consent")]
    [InlineData("/api/evolutions/ID/consent/")]
    [InlineData("/api/evolutions/ID/CONSENT")]
    [InlineData("/API/Evolutions/ID/consent")]
    [InlineData("/api/evolutions/ID/%63onsent")]
    [InlineData("/api/evolutions/ID/stop/../consent")]
    [InlineData("/api/evolutions/ID/stop/%2e%2e/consent")]
    [InlineData("/api/evolutions/ID/stop/%252e%252e/consent")]
    [InlineData("/api/evolutions/ID%2Fconsent")]
    [InlineData("/api/evolutions/ID%2Fconsent/stop/..")]
    [InlineData("/api/evolutions/ID//consent")]
    [InlineData("/api//evolutions/ID/consent")]
    [InlineData("//api/evolutions/ID/consent")]
    [InlineData("/api/evidence/../evolutions/ID/consent")]
    [InlineData("/api/evolutions/ID/consent;x=1")]
    [InlineData("/api/evolutions/ID/stop%3f/../consent")]
    public async Task No_way_to_write_the_path_of_consent_spares_the_scope(string path)
    {
        foreach (var key in new[] { TestKeys.Report, TestKeys.Read, TestKeys.Operate })
        {
            using var answer = await bench.PostAsync(path.Replace("ID", GatewayBench.Id, StringComparison.Ordinal), key, GatewayBench.Json());

            ((int)answer.StatusCode).ShouldBeOneOf(400, 403, 404);
        }

        bench.Services.SelectMany(service => service.Requests).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("BREW")]
    public async Task A_method_that_no_service_has_reaches_none(string method)
    {
        using var answer = await bench.SendAsync(new HttpMethod(method), "/api/evidence", TestKeys.Report, null, ("X-HTTP-Method-Override", "POST"));

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
        answer.Content.Headers.Allow.ShouldBe(["GET", "POST", "DELETE"], ignoreOrder: true);
        bench.The("ingestion").Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("GET", "/api/nothing", TestKeys.Read)]
    [InlineData("POST", "/api/batches", TestKeys.Operate)]
    [InlineData("DELETE", "/api/evidence", TestKeys.Operate)]
    [InlineData("POST", "/api/batches/x/unseal", TestKeys.Operate)]
    [InlineData("GET", "/", null)]
    [InlineData("POST", "/swagger", null)]
    [InlineData("GET", "/apical", null)]
    public async Task A_path_that_leads_nowhere_is_a_problem_that_says_where_to_look(string method, string path, string? key)
    {
        using var answer = await bench.SendAsync(new HttpMethod(method), path, key);

        (await Refusal.ShouldBeAsync(answer, 404)).Fix.ShouldContain("/openapi/v1.json");
    }
}
