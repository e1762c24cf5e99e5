using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.Testing;

namespace Moss.Gateway.Tests.Running;

/// <summary>A real server in the place of a service: answers as it was told to, and remembers what it was asked.</summary>
internal sealed class StubService(string name) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, RequestDelegate> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Seen> seen = new();
    private readonly int port = FreePorts.Take();
    private WebApplication? app;

    public string Name => name;

    public Uri Url => new($"http://127.0.0.1:{port}/");

    /// <summary>What it says to probes.</summary>
    public int Readiness { get; set; } = StatusCodes.Status200OK;

    /// <summary>Everything but probes.</summary>
    public IReadOnlyList<Seen> Requests => [.. seen];

    /// <param name="path">Without query.</param>
    /// <param name="answer">What happens then; the body of the request is still to be read.</param>
    public void On(string path, RequestDelegate answer) => answers[path] = answer;

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        app = builder.Build();
        app.Urls.Add(Url.ToString());
        app.Run(AnswerAsync);
        await app.StartAsync();
    }

    /// <summary>At once, with all its connections.</summary>
    public async Task StopAsync()
    {
        if (app is not null)
        {
            await app.DisposeAsync();
            app = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Path == "/health/ready")
        {
            context.Response.StatusCode = Readiness;
            return;
        }

        var headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        if (answers.TryGetValue(request.Path, out var answer))
        {
            seen.Enqueue(new(request.Method, request.Path + request.QueryString, headers, ""));
            await answer(context);
            return;
        }

        using var body = new StreamReader(request.Body);
        seen.Enqueue(new(request.Method, request.Path + request.QueryString, headers, await body.ReadToEndAsync()));
        await Results.Json(new { service = name }).ExecuteAsync(context);
    }
}

/// <summary>A request that came.</summary>
internal sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? Header(string name) => Headers.GetValueOrDefault(name);
}
