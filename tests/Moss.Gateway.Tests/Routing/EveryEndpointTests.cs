using System.Net;
using Moss.Gateway.Access;
using Moss.Gateway.Keys;
using Moss.Gateway.Tests.Running;

namespace Moss.Gateway.Tests.Routing;

/// <summary>Every endpoint that a service has is reached through the gateway, at that service, with one scope and no other.</summary>
public sealed class EveryEndpointTests : IAsyncLifetime
{
    private GatewayBench bench = null!;

    public static IEnumerable<object[]> Endpoints => Catalog.All.Select(endpoint => new object[] { endpoint.Service, endpoint.Method, endpoint.Example });

    public async Task InitializeAsync() => bench = await GatewayBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task It_is_routed_to_its_service_and_opened_by_one_scope_alone(string service, string method, string path)
    {
        var needed = EndpointScopes.Needed(method, path).ShouldNotBeNull($"{method} {path} has no row in the table of scopes");

        foreach (var scope in Scopes.All)
        {
            using var answer = await SendAsync(method, path + "?a=b%20c", TestKeys.Of(scope));
            answer.StatusCode.ShouldBe(scope == needed ? HttpStatusCode.OK : HttpStatusCode.Forbidden, scope.Text());
        }

        using var nobody = await SendAsync(method, path, null);
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var arrived = bench.Services.SelectMany(one => one.Requests.Select(request => (one.Name, request.Method, request.Target))).ToList();
        arrived.ShouldBe([(service, method, path + "?a=b%20c")]);
    }

    [Fact]
    public void What_only_looks_is_for_reading_and_what_changes_is_not() =>
        Catalog.All.ShouldAllBe(endpoint => (endpoint.Method == "GET" || endpoint.Template == "/api/audit/verify") == (EndpointScopes.Needed(endpoint.Method, endpoint.Example) == Scope.Read));

    [Theory]
    [InlineData("/api/evidence", "report")]
    [InlineData("/api/substrates", "operate")]
    [InlineData("/api/substrates/check", "operate")]
    [InlineData("/api/batches/x/seal", "operate")]
    [InlineData("/api/evolutions", "operate")]
    [InlineData("/api/evolutions/x/stop", "operate")]
    [InlineData("/api/evolutions/x/restart", "operate")]
    [InlineData("/api/deployments/till/start", "operate")]
    [InlineData("/api/deployments/till/stop", "operate")]
    [InlineData("/api/deployments/till/rollback", "operate")]
    [InlineData("/api/queues/dead/requeue", "operate")]
    [InlineData("/api/evolutions/x/consent", "approve")]
    [InlineData("/api/evolutions/x/consent/signatures", "approve")]
    [InlineData("/api/oversight/till/sign", "approve")]
    [InlineData("/api/oversight/till/refuse", "approve")]
    public void What_changes_something_takes_the_scope_that_people_were_told(string path, string scope) =>
        EndpointScopes.Needed("POST", path)!.Value.Text().ShouldBe(scope);

    [Fact]
    public void Consent_and_oversight_are_all_that_approving_is_for() =>
        Catalog.All.Where(endpoint => EndpointScopes.Needed(endpoint.Method, endpoint.Example) == Scope.Approve)
            .Select(endpoint => endpoint.Template.Split('/')[^1]).ShouldBe(["consent", "signatures", "sign", "refuse"], ignoreOrder: true);

    [Fact]
    public void Nothing_is_mapped_past_the_doors_of_the_services() =>
        Catalog.OfStandalone.Where(endpoint => endpoint.Template.StartsWith("/api", StringComparison.Ordinal))
            .Select(endpoint => $"{endpoint.Method} {endpoint.Template}").ShouldBe(
                Catalog.All.Select(endpoint => $"{endpoint.Method} {endpoint.Template}"), ignoreOrder: true);

    private Task<HttpResponseMessage> SendAsync(string method, string path, string? key) =>
        bench.SendAsync(new HttpMethod(method), path, key, method == "POST" ? GatewayBench.Json() : null);
}
