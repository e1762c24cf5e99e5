using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moss.Containers.Engine;
using Moss.Testing;

namespace Moss.Adapters.Tests.Containers.Engine;

/// <summary>Something that listens on a unix socket and answers as the test says.</summary>
internal sealed class FakeEngineServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly WebApplication server;

    private FakeEngineServer(Func<HttpContext, Task> answer, string? version, TimeSpan patience)
    {
        var socket = folder.Combine("docker.sock");
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.ListenUnixSocket(socket));
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Run(async context =>
        {
            var (path, query) = (context.Request.Path.Value!, context.Request.QueryString.Value);
            Calls.Enqueue($"{context.Request.Method} {path}{Uri.UnescapeDataString(query ?? "")}");
            if (path == "/_ping")
            {
                if (version is not null)
                {
                    context.Response.Headers["Api-Version"] = version;
                }

                return;
            }

            await answer(context);
        });
        Client = new EngineClient(new EngineOptions { Socket = socket, CallTimeout = patience }, TimeProvider.System);
    }

    public EngineClient Client { get; }

    public ConcurrentQueue<string> Calls { get; } = new();

    public static async Task<FakeEngineServer> StartAsync(Func<HttpContext, Task> answer, string? version = "1.41", TimeSpan? patience = null)
    {
        var fake = new FakeEngineServer(answer, version, patience ?? TimeSpan.FromSeconds(30));
        await fake.server.StartAsync();
        return fake;
    }

    /// <summary>Always the same answer.</summary>
    public static Task<FakeEngineServer> StartAsync(int status, string body) => StartAsync(context => WriteAsync(context, status, body));

    public static Task WriteAsync(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return status is 204 or 304 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }
}
