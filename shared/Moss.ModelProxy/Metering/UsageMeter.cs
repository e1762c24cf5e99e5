using System.Buffers;
using System.Text.Json;
using Moss.ModelProxy.Protocols;

namespace Moss.ModelProxy.Metering;

/// <summary>Reads along as an answer goes by: events as they come, a plain body at its end. What it cannot read it leaves out.</summary>
internal sealed class UsageMeter
{
    private const int LongestBody = 16 * 1024 * 1024;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 256 };

    private readonly Protocol protocol;
    private readonly ArrayBufferWriter<byte>? body;
    private readonly EventStreamReader? events;
    private long bytes;
    private UsageSoFar sofar = new();

    /// <param name="protocol">How the upstream writes.</param>
    /// <param name="isEventStream">True for server-sent events, false for one JSON text.</param>
    public UsageMeter(Protocol protocol, bool isEventStream)
    {
        this.protocol = protocol;
        if (isEventStream)
        {
            events = new(Read);
        }
        else
        {
            body = new();
        }
    }

    /// <summary>What is known now. Of a plain body nothing is known but its length before it has ended.</summary>
    public UsageSoFar SoFar => body is not null && sofar is { Whole: false, TextBytes: 0 } ? sofar with { TextBytes = bytes } : sofar;

    /// <summary>Takes the next piece.</summary>
    public void Feed(ReadOnlySpan<byte> piece)
    {
        bytes += piece.Length;
        events?.Feed(piece);
        if (body is not null && bytes <= LongestBody)
        {
            body.Write(piece);
        }
    }

    /// <summary>There is no more.</summary>
    public UsageSoFar Finish()
    {
        if (body is { WrittenCount: > 0 } && bytes <= LongestBody)
        {
            Read(body.WrittenMemory);
        }

        return SoFar;
    }

    private void Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Deep);
            var root = document.RootElement;
            // Gemini streams an array when it is not asked for events.
            sofar = root.ValueKind == JsonValueKind.Array
                ? root.EnumerateArray().Aggregate(sofar, ReadOne)
                : ReadOne(sofar, root);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // "[DONE]", a piece of something that broke off, or a text that is not UTF-8.
        }
    }

    private UsageSoFar ReadOne(UsageSoFar before, JsonElement message) =>
        message.ValueKind == JsonValueKind.Object ? protocol.Read(before, message) : before;
}
