using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Moss.ModelProxy.Serving;

/// <summary>Kestrel on one unix socket, without a host around it: there may be one for every trial.</summary>
internal sealed class SocketServer : IAsyncDisposable
{
    /// <summary>The sandbox's user is another one where the engine says so; who may reach the socket is up to the folder and the mount.</summary>
    private const UnixFileMode Everybody =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private const int MostConnections = 128;

    private static readonly ServiceProvider NoServices = new ServiceCollection().AddLogging().BuildServiceProvider();

    private readonly KestrelServer server;
    private readonly string path;

    private SocketServer(KestrelServer server, string path) => (this.server, this.path) = (server, path);

    /// <summary>Listens when the task completes.</summary>
    public static async Task<SocketServer> StartAsync(string path, RequestDelegate handle, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { ApplicationServices = NoServices, AddServerHeader = false };
        options.Limits.MaxConcurrentConnections = MostConnections;
        // The body is bounded where it is read, so that the answer says by how much.
        options.Limits.MaxRequestBodySize = null;
        // A client may think for as long as it likes.
        options.Limits.MinRequestBodyDataRate = null;
        options.Limits.MinResponseDataRate = null;
        options.ListenUnixSocket(path, socket => socket.Protocols = HttpProtocols.Http1);
        File.Delete(path);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await server.StartAsync(new Application(handle), cancellationToken);
            File.SetUnixFileMode(path, Everybody);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new(server, path);
    }

    /// <summary>Ends at once: whoever is still connected is cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        await server.StopAsync(new CancellationToken(canceled: true));
        server.Dispose();
        File.Delete(path);
    }

    private sealed class Application(RequestDelegate handle) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures) { RequestServices = NoServices };

        public Task ProcessRequestAsync(HttpContext context) => handle(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
            // Nothing is kept with it.
        }
    }
}
