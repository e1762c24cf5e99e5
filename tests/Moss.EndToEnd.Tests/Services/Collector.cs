using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Moss.EndToEnd.Tests.Services;

/// <summary>A collector of OpenTelemetry that keeps what it is sent over HTTP, as it came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Signal, byte[] Body)> received = new();
    private readonly WebApplication app;

    private Collector(WebApplication app) => this.app = app;

    public Uri Url => new(app.Urls.Single());

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var collector = new Collector(app);
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            collector.received.Enqueue((signal, body.ToArray()));
        });
        await app.StartAsync();
        return collector;
    }

    /// <summary>Whether a process sent spans of a trace.</summary>
    public bool HasTrace(string service, Guid evolution) =>
        received.Any(one => one.Signal == "traces" && Contains(one.Body, Encoding.UTF8.GetBytes(service)) && Contains(one.Body, evolution.ToByteArray(bigEndian: true)));

    /// <summary>Whether a process sent something of a signal (<c>metrics</c>, <c>logs</c>) that has this text in it.</summary>
    public bool Has(string signal, string service, string text) =>
        received.Any(one => one.Signal == signal && Contains(one.Body, Encoding.UTF8.GetBytes(service)) && Contains(one.Body, Encoding.UTF8.GetBytes(text)));

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private static bool Contains(byte[] body, byte[] part) => body.AsSpan().IndexOf(part) >= 0;
}
