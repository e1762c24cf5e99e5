using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Moss.ModelProxy.Protocols;

namespace Moss.ModelProxy.Calls;

/// <summary>The body of a request, read whole: what it may cost has to be known before it is sent.</summary>
/// <param name="Bytes">As it goes to the upstream.</param>
/// <param name="Ask">What it asks for; null when it has no body.</param>
internal sealed record ModelRequest(ReadOnlyMemory<byte> Bytes, ModelAsk? Ask)
{
    // A field that stands there twice would mean one thing here and another one at the upstream.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 256 };

    /// <summary>The request, or why it cannot be sent.</summary>
    public static async Task<(ModelRequest? Request, Refusal? Refusal)> ReadAsync(HttpRequest request, string path, CallRules rules, CancellationToken cancellationToken)
    {
        if (request.Headers.ContentEncoding.Count > 0 && request.Headers.ContentEncoding != "identity")
        {
            return (null, Refusal.Encoded);
        }

        if (request.ContentLength > rules.LargestRequest || await BodyAsync(request, rules.LargestRequest, cancellationToken) is not { } bytes)
        {
            return (null, Refusal.TooLarge(rules.LargestRequest));
        }

        return request.Method == HttpMethods.Get ? (new(ReadOnlyMemory<byte>.Empty, null), null) : Parse(bytes, path, rules);
    }

    private static (ModelRequest? Request, Refusal? Refusal) Parse(ReadOnlyMemory<byte> bytes, string path, CallRules rules)
    {
        try
        {
            return JsonNode.Parse(bytes.Span, documentOptions: Strict) is JsonObject body ? Check(body, bytes, path, rules) : (null, Refusal.Malformed);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The second is how a text that is not UTF-8 shows.
            return (null, Refusal.Malformed);
        }
    }

    private static (ModelRequest? Request, Refusal? Refusal) Check(JsonObject body, ReadOnlyMemory<byte> bytes, string path, CallRules rules)
    {
        if (!rules.ServerTools && ServerReach.Find(body) is { } reach)
        {
            return (null, Refusal.ServerTool(reach));
        }

        var changed = (!rules.ServerTools && ServerReach.RemoveTools(body)) | rules.Protocol.AskForUsage(body);
        return (new(changed ? JsonSerializer.SerializeToUtf8Bytes(body) : bytes, rules.Protocol.Ask(path, body)), null);
    }

    private static async Task<byte[]?> BodyAsync(HttpRequest request, long limit, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var piece = new byte[64 * 1024];
        while (await request.Body.ReadAsync(piece, cancellationToken) is > 0 and var read)
        {
            if (body.Length + read > limit)
            {
                return null;
            }

            await body.WriteAsync(piece.AsMemory(0, read), cancellationToken);
        }

        return body.ToArray();
    }
}

/// <summary>What requests to an upstream are held against.</summary>
internal sealed record CallRules(Protocol Protocol, long LargestRequest, long LongestAnswer, bool ServerTools);
