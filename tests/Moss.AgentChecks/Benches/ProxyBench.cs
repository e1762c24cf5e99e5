using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moss.ModelProxy;
using Moss.Testing;
using Moss.Testing.Models;

namespace Moss.AgentChecks.Benches;

/// <summary>The proxy before a stub model, as a host sets it up, and a client on its socket.</summary>
internal sealed class ProxyBench : IAsyncDisposable
{
    /// <summary>What no job may ever see.</summary>
    public const string RealKey = "sk-the-real-key";

    private const string Prices = """{ "models": [ { "match": "m", "in": 10, "cachedIn": 1, "out": 100 } ] }""";

    private readonly TemporaryFolder folder = new();
    private readonly List<IAsyncDisposable> open = [];
    private readonly ServiceProvider services;
    private int sockets;

    private ProxyBench(StubModel model, string protocol, (string Key, string? Value)[] settings)
    {
        Model = model;
        var basePath = protocol.StartsWith("openai", StringComparison.Ordinal) ? "/v1" : "";
        var all = new Dictionary<string, string?>
        {
            ["Moss:Models:stub:Address"] = model.Address + basePath,
            ["Moss:Models:stub:Protocol"] = protocol,
            ["Moss:Models:stub:KeyFile"] = folder.Write("key", RealKey + "\n"),
            ["Moss:ModelPrices"] = folder.Write("prices.json", Prices),
        };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        var configuration = new ConfigurationBuilder().AddInMemoryCollection(all).Build();
        services = new ServiceCollection().AddLogging().AddModelProxy(configuration).BuildServiceProvider();
    }

    public StubModel Model { get; }

    public IModelProxy Proxy => services.GetRequiredService<IModelProxy>();

    public static async Task<ProxyBench> StartAsync(string protocol = "openai-chat", params (string Key, string? Value)[] settings) =>
        new(await StubModel.StartAsync(), protocol, settings);

    public string NextSocket() => folder.Combine($"{++sockets}.sock");

    public async Task<IModelLease> OpenAsync(decimal dollars = 10)
    {
        var lease = (await Proxy.OpenAsync("job", "stub", NextSocket(), dollars, CancellationToken.None)).ShouldBeOfType<ModelOpening.Opened>().Lease;
        open.Add(lease);
        return lease;
    }

    /// <summary>A client with the job's token, as the protocols' own clients are.</summary>
    public static HttpClient Client(IModelLease lease, string? token = null)
    {
        var client = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                ConnectCallback = async (_, cancellationToken) =>
                {
                    var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(lease.SocketPath), cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                },
            })
        {
            BaseAddress = new Uri("http://model"),
        };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token ?? lease.Token}");
        return client;
    }

    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    /// <summary>A chat that may write so many tokens, at 100 dollars a million.</summary>
    public static StringContent Chat(int most = 100, bool stream = false) => Json(
        $$"""{"model":"m","max_tokens":{{most}},"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"hi"}]}""");

    public async ValueTask DisposeAsync()
    {
        foreach (var lease in open)
        {
            await lease.DisposeAsync();
        }

        await services.DisposeAsync();
        await Model.DisposeAsync();
        folder.Dispose();
    }
}
