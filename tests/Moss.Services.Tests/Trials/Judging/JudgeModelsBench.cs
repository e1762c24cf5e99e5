using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moss.ModelProxy;
using Moss.Sandboxes;
using Moss.Testing;
using Moss.Testing.Models;
using Moss.Trials;
using Moss.Trials.Judging;

namespace Moss.Services.Tests.Trials;

/// <summary>The real way to a judge: the proxy before a model server on loopback.</summary>
internal sealed class JudgeModelsBench : IAsyncDisposable
{
    public const string RealKey = "sk-the-real-key";

    private readonly TemporaryFolder folder = new();
    private readonly SandboxFolders folders;
    private readonly ServiceProvider services;

    private JudgeModelsBench(StubModel model, string protocol)
    {
        Model = model;
        folders = new SandboxFolders(folder.Combine("sandboxes"));
        var settings = new Dictionary<string, string?>
        {
            ["Moss:Models:stub:Address"] = model.Address + (protocol.StartsWith("openai", StringComparison.Ordinal) ? "/v1" : ""),
            ["Moss:Models:stub:Protocol"] = protocol,
            ["Moss:Models:stub:KeyFile"] = folder.Write("key", RealKey + "\n"),
            ["Moss:ModelPrices"] = folder.Write("prices.json", """{ "models": [ { "match": "m", "in": 1, "cachedIn": 1, "out": 10 } ] }"""),
        };
        services = new ServiceCollection().AddLogging().AddModelProxy(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        Judges = new JudgeModels(services.GetRequiredService<IModelProxy>(), folders, new TrialsOptions { RetryDelay = TimeSpan.Zero }, TimeProvider.System);
    }

    public StubModel Model { get; }

    public IJudgeModels Judges { get; }

    /// <summary>What the model was told, as one text.</summary>
    public static string Told(StubRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        return string.Join('\n', new[] { body["system"]?.GetValue<string>() ?? "" }.Concat(body["messages"]!.AsArray().Select(message => message!["content"]!.GetValue<string>())));
    }

    public static async Task<JudgeModelsBench> StartAsync(string protocol) => new(await StubModel.StartAsync(), protocol);

    public static string Chat(string content) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"id":"c1","object":"chat.completion","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":{{{JsonSerializer.Serialize(content)}}}},"finish_reason":"stop"}],"usage":{"prompt_tokens":100,"completion_tokens":5}}""");

    public static string Messages(string input) =>
        $$$"""{"id":"m1","type":"message","role":"assistant","content":[{"type":"tool_use","id":"t1","name":"vote","input":{{{input}}}}],"stop_reason":"tool_use","usage":{"input_tokens":100,"output_tokens":5}}""";

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Model.DisposeAsync();
        folders.Dispose();
        folder.Dispose();
    }
}
