using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Moss.Testing.Models;

/// <summary>A model server on loopback that answers as the test says, and remembers what it was asked.</summary>
public sealed class StubModel : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<StubRequest> requests = new();

    private StubModel(WebApplication app) => this.app = app;

    /// <summary>What it was asked, oldest first.</summary>
    public IReadOnlyList<StubRequest> Requests => [.. requests];

    /// <summary>How it answers from now on.</summary>
    public Func<StubRequest, HttpResponse, Task> Answer { get; set; } = (_, response) => response.Json(StubAnswers.Chat());

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>Listens when the task completes.</summary>
    /// <param name="port">Of loopback; 0 for any that is free.</param>
    public static async Task<StubModel> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port));
        var stub = new StubModel(builder.Build());
        stub.app.Run(stub.HandleAsync);
        await stub.app.StartAsync();
        return stub;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new StubRequest(
            context.Request.Method, context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync(context.RequestAborted));
        requests.Enqueue(request);
        await Answer(request, context.Response);
    }
}

/// <summary>What a model server was asked.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">By name, in any case.</param>
/// <param name="Body">As text.</param>
public sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
