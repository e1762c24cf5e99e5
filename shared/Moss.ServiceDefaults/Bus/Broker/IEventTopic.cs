namespace Moss.ServiceDefaults.Bus.Broker;

/// <summary>Where programs outside Moss hear of it: a durable topic exchange that anyone may bind a queue to.</summary>
public interface IEventTopic
{
    /// <summary>
    /// Completes when the broker has the message in every queue that is bound for it, or when none is. What it throws says
    /// nothing of whether the broker has it: publish it again, under the same id.
    /// </summary>
    Task PublishAsync(TopicMessage message, CancellationToken cancellationToken);
}

/// <summary>A plain message.</summary>
/// <param name="RoutingKey">Words with dots between them, at most 255 bytes.</param>
/// <param name="Id">Message id; the same in every repetition.</param>
/// <param name="Type">What kind of message it is.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Time">When what it tells happened.</param>
/// <param name="Body">In UTF-8.</param>
public sealed record TopicMessage(string RoutingKey, string Id, string Type, string ContentType, DateTimeOffset Time, ReadOnlyMemory<byte> Body);
