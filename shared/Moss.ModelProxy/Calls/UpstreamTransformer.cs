using System.Net;
using Microsoft.AspNetCore.Http;
using Moss.ModelProxy.Protocols;
using Moss.ModelProxy.Upstreams;
using Yarp.ReverseProxy.Forwarder;

namespace Moss.ModelProxy.Calls;

/// <summary>Puts the real key in the place of the job's token, and keeps from both sides what is none of their business.</summary>
/// <param name="upstream">Where it goes.</param>
/// <param name="path">Behind the upstream's address.</param>
/// <param name="key">The real key; null for none.</param>
/// <param name="onAnswer">Told when an answer begins that the client gets.</param>
internal sealed class UpstreamTransformer(ModelUpstream upstream, string path, string? key, Action<HttpResponseMessage> onAnswer) : HttpTransformer
{
    /// <summary>Who asks, from where, with what: the upstream learns none of it.</summary>
    private static readonly string[] KeptFromUpstream =
    [
        "Authorization", "x-api-key", "api-key", "x-goog-api-key", "x-goog-user-project", "Cookie", "Forwarded", "Via", "Accept-Encoding", "Referer", "Origin",
        "traceparent", "tracestate", "baggage", "OpenAI-Organization", "OpenAI-Project",
    ];

    private static readonly string[] KeptFromClient =
        ["Set-Cookie", "Alt-Svc", "Strict-Transport-Security", "OpenAI-Organization", "OpenAI-Project", "anthropic-organization-id"];

    /// <summary>Parts of a query that can be a key.</summary>
    private static readonly string[] KeysInQuery = ["key", "access_token", "api_key", "api-key"];

    /// <summary>What was answered in the place of the upstream's answer, when it was.</summary>
    public Refusal? Instead { get; private set; }

    /// <summary>What kept the upstream from answering, as it says itself; null when it did answer, and before it has.</summary>
    public ModelOutage? Outage { get; private set; }

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        foreach (var header in proxyRequest.Headers.Select(header => header.Key).Where(IsKeptFromUpstream).ToList())
        {
            proxyRequest.Headers.Remove(header);
        }

        proxyRequest.RequestUri = new Uri(upstream.Address + path + Query(httpContext.Request));
        proxyRequest.Headers.Host = null;
        if (key is not null)
        {
            var (name, value) = upstream.Protocol.KeyHeader(key);
            proxyRequest.Headers.TryAddWithoutValidation(name, value);
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return true;
        }

        Outage = UpstreamOutage.Of(upstream.Name, proxyResponse);
        Instead = (int)proxyResponse.StatusCode switch
        {
            // What it says may hold a part of the key.
            (int)HttpStatusCode.Unauthorized => Refusal.Key(upstream.Name),
            >= 300 and < 400 => Refusal.Redirect,
            _ => null,
        };
        if (Instead is not null)
        {
            return false;
        }

        onAnswer(proxyResponse);
        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        foreach (var header in KeptFromClient)
        {
            httpContext.Response.Headers.Remove(header);
        }

        return true;
    }

    private static bool IsKeptFromUpstream(string header) =>
        KeptFromUpstream.Contains(header, StringComparer.OrdinalIgnoreCase) || header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase);

    private static QueryString Query(HttpRequest request) => QueryString.Create(
        request.Query.Where(part => !KeysInQuery.Contains(part.Key, StringComparer.OrdinalIgnoreCase)));
}
