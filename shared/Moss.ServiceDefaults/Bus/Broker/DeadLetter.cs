using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace Moss.ServiceDefaults.Bus.Broker;

/// <summary>Reads what the broker and the bus wrote on a dead message. Nothing in it is taken for granted: it is dead for a reason.</summary>
internal static class DeadLetter
{
    public static DeadMessage Read(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var envelope = Parse(body);
        var death = DeathOf(properties);
        var type = TypeOf(envelope);
        var reason = Text(death, "reason");
        return new(
            string.IsNullOrEmpty(properties.MessageId) ? Convert.ToHexStringLower(SHA256.HashData(body.Span))[..32] : properties.MessageId,
            type, Text(death, "queue") is { Length: > 0 } queue ? queue : QueueOf(type), reason,
            reason == "delivery_limit" ? Queues.DeliveryLimit : null,
            death?.TryGetValue("time", out var time) == true && time is AmqpTimestamp at ? DateTimeOffset.FromUnixTimeSeconds(at.UnixTime) : null,
            EvolutionOf(envelope), Member(Member(Member(envelope, "message"), "stage"), "stage")?.ToString());
    }

    /// <summary>The last way in which it died: the broker puts that first.</summary>
    private static IDictionary<string, object?>? DeathOf(IReadOnlyBasicProperties properties) =>
        properties.Headers is { } headers && headers.TryGetValue("x-death", out var deaths)
            ? (deaths as IEnumerable<object>)?.OfType<IDictionary<string, object?>>().FirstOrDefault()
            : null;

    /// <summary>Where a message of a type waits; empty when there is no such type.</summary>
    private static string QueueOf(string type) =>
        Queues.All.FirstOrDefault(queue => queue.Messages.Any(message => message.Name == type))?.Name ?? "";

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The bus names types <c>urn:message:Namespace:Name</c>.</summary>
    private static string TypeOf(JsonElement? envelope) =>
        Member(envelope, "messageType") is { ValueKind: JsonValueKind.Array } names && names.GetArrayLength() > 0
            ? names[0].ToString().Split(':')[^1]
            : "";

    private static Guid? EvolutionOf(JsonElement? envelope)
    {
        var message = Member(envelope, "message");
        var id = Member(Member(message, "stage"), "evolutionId") ?? Member(message, "evolutionId");
        return id is { ValueKind: JsonValueKind.String } text && text.TryGetGuid(out var evolution) ? evolution : null;
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(name, out var member) ? member : null;

    private static string Text(IDictionary<string, object?>? table, string key) => table?.TryGetValue(key, out var value) == true
        ? value switch { byte[] bytes => Encoding.UTF8.GetString(bytes), string text => text, _ => "" }
        : "";
}
