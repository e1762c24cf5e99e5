using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Moss.Gateway.Keys;

namespace Moss.Gateway.Tests.Running;

/// <summary>A gateway that listens for real, before six small servers in the place of the services.</summary>
internal sealed class GatewayBench : IAsyncDisposable
{
    public const string Id = "0198c0de-0000-7000-8000-000000000001";

    private static readonly string[] Names = ["ingestion", "planning", "implementation", "trials", "deployment", "orchestrator"];

    private readonly List<StubService> services = [.. Names.Select(name => new StubService(name))];
    private WebApplication gateway = null!;

    private GatewayBench()
    {
    }

    public Uri Url { get; private set; } = null!;

    /// <summary>Sends what the test says and nothing else.</summary>
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, ActivityHeadersPropagator = null });

    public IReadOnlyList<StubService> Services => services;

    /// <summary>A gateway that knows one key for each scope; see <see cref="TestKeys"/>.</summary>
    public static Task<GatewayBench> StartAsync(params string[] settings) => StartBareAsync([.. TestKeys.Settings, .. settings]);

    /// <summary>A gateway where nobody needs a key.</summary>
    public static Task<GatewayBench> StartOpenAsync(params string[] settings) => StartBareAsync(["--Moss:Gateway:Open=true", .. settings]);

    public StubService The(string name) => services.Single(service => service.Name == name);

    public Task<HttpResponseMessage> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, key);

    public Task<HttpResponseMessage> PostAsync(string path, string? key = null, HttpContent? body = null) => SendAsync(HttpMethod.Post, path, key, body);

    /// <summary>The path goes out as it is written.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key = null, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        var exact = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        using var request = new HttpRequestMessage(method, new Uri($"{Url.GetLeftPart(UriPartial.Authority)}{path}", exact)) { Content = body };
        if (key is not null)
        {
            request.Headers.Authorization = new("Bearer", key);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Completes once the gateway's readiness is as wanted.</summary>
    public async Task<JsonNode> ReadyAsync(Func<JsonNode, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var response = await GetAsync("/health/ready");
            var ready = JsonNode.Parse(await response.Content.ReadAsStringAsync(patience.Token))!;
            if (wanted(ready))
            {
                (response.StatusCode == HttpStatusCode.ServiceUnavailable).ShouldBe(ready["status"]!.GetValue<string>() == "Unhealthy");
                return ready;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
        }
    }

    public static StringContent Json(string text = "{}") => new(text, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }

        await Task.WhenAll(services.Select(service => service.DisposeAsync().AsTask()));
    }

    private static async Task<GatewayBench> StartBareAsync(string[] settings)
    {
        var bench = new GatewayBench();
        await Task.WhenAll(bench.services.Select(service => service.StartAsync()));
        bench.gateway = GatewayProcess.Build(
        [
            "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=Critical", "--Logging:LogLevel:Yarp=Critical", "--Logging:LogLevel:Microsoft.AspNetCore=Critical", "--Moss:Gateway:ProbeInterval=00:00:00.2",
            .. bench.services.Select(service => $"--Moss:Services:{service.Name}={service.Url}"), .. settings,
        ]);
        await bench.gateway.StartAsync();
        bench.Url = new Uri(bench.gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return bench;
    }
}

/// <summary>A key for each scope.</summary>
internal static class TestKeys
{
    public const string Report = "key-for-report";
    public const string Read = "key-for-read";
    public const string Operate = "key-for-operate";
    public const string Approve = "key-for-approve";

    public static IEnumerable<string> Settings => Scopes.All.SelectMany(scope => SettingsOf($"the-{scope.Text()}-er", Of(scope), scope));

    public static string Of(Scope scope) => $"key-for-{scope.Text()}";

    public static string[] SettingsOf(string name, string key, params Scope[] scopes) =>
    [
        $"--Moss:Gateway:Keys:{name}:Hash={Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(key)))}",
        $"--Moss:Gateway:Keys:{name}:Scopes={string.Join(',', scopes.Select(scope => scope.Text()))}",
    ];
}
