using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Moss.Cli.Api;

namespace Moss.Cli.Tests.Running;

/// <summary>A server that answers as it was told to, and remembers what it was asked.</summary>
public sealed class FakeMoss : IAsyncLifetime
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, Func<HttpContext, Task>> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Asked> asked = new();

    public FakeMoss()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(AnswerAsync);
    }

    public string Url => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    internal IReadOnlyList<Asked> Requests => [.. asked];

    public Task InitializeAsync() => app.StartAsync();

    public async Task DisposeAsync() => await app.DisposeAsync();

    /// <param name="request">Method and path with query, such as <c>GET /api/batches</c>.</param>
    /// <param name="answer">Its body.</param>
    /// <param name="status">Its status.</param>
    internal void On(string request, object answer, int status = 200) =>
        On(request, context => Results.Json(answer, MossClient.Json, statusCode: status).ExecuteAsync(context));

    internal void On(string request, Func<HttpContext, Task> answer) => answers[request] = answer;

    /// <summary>The events as a stream that ends after them.</summary>
    internal void Streams(string path, params TimelineEntry[] entries) => On($"GET {path}", async context =>
    {
        context.Response.ContentType = "text/event-stream";
        foreach (var entry in entries)
        {
            await context.Response.WriteAsync($"event: {entry.Name}\ndata: {JsonSerializer.Serialize(entry, MossClient.Json)}\n\n");
        }
    });

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var body = new StreamReader(request.Body);
        var name = $"{request.Method} {request.Path}{request.QueryString}";
        asked.Enqueue(new(name, await body.ReadToEndAsync(), request.Headers["Idempotency-Key"].ToString(), request.Headers.Authorization.ToString()));
        if (answers.TryGetValue(name, out var answer))
        {
            await answer(context);
        }
        else
        {
            await Results.Problem("nobody told the fake about this", statusCode: 404, title: "There is no such thing").ExecuteAsync(context);
        }
    }
}

/// <summary>A request that came.</summary>
internal sealed record Asked(string Name, string Body, string Key, string Authorization)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
