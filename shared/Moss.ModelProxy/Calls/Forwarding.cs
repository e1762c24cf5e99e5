using System.Net;
using Microsoft.AspNetCore.Http;
using Moss.ModelProxy.Upstreams;
using Yarp.ReverseProxy.Forwarder;

namespace Moss.ModelProxy.Calls;

/// <summary>The connections to all upstreams. They follow no redirect, keep no cookie and unpack nothing.</summary>
internal sealed class Forwarding(IHttpForwarder forwarder) : IDisposable
{
    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(10),
    });

    public async Task<ForwarderError> SendAsync(HttpContext context, ModelUpstream upstream, UpstreamTransformer transformer) =>
        await forwarder.SendAsync(
            context, upstream.Address, client, new ForwarderRequestConfig { ActivityTimeout = upstream.Silence, Version = HttpVersion.Version11 },
            transformer, context.RequestAborted);

    public void Dispose() => client.Dispose();
}
