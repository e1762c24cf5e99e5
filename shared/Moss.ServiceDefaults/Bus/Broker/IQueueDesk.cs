namespace Moss.ServiceDefaults.Bus.Broker;

/// <summary>Looks into the queues between services, and gives dead messages another chance.</summary>
public interface IQueueDesk
{
    /// <summary>False where the bus is in memory: there is nothing to look into, and nothing is kept.</summary>
    bool HasBroker { get; }

    /// <summary>All queues that the broker has, in the order of <see cref="Queues"/>, the dead last.</summary>
    /// <exception cref="BrokerAwayException">It cannot be asked.</exception>
    Task<IReadOnlyList<QueueCount>> CountAsync(CancellationToken cancellationToken);

    /// <summary>Dead messages, the longest dead first. They stay where they are.</summary>
    /// <param name="limit">How many at most; 1 or more.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="BrokerAwayException">It cannot be asked.</exception>
    Task<IReadOnlyList<DeadMessage>> DeadAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Puts dead messages back into the queues that they died in. None is lost when this is cut off; one that was in between may be both
    /// there and still dead, and workers bear a repetition.
    /// </summary>
    /// <param name="ids">Which; null for all that are dead now.</param>
    /// <param name="cancellationToken">Ends it between two messages.</param>
    /// <exception cref="BrokerAwayException">It cannot be asked.</exception>
    Task<RequeueResult> RequeueAsync(IReadOnlySet<string>? ids, CancellationToken cancellationToken);
}

/// <summary>A queue and how full it is.</summary>
/// <param name="Name">As the broker knows it.</param>
/// <param name="Ready">Messages that nobody has taken.</param>
/// <param name="Consumers">Processes that take messages from it.</param>
public sealed record QueueCount(string Name, long Ready, long Consumers);

/// <summary>A message that nobody could work on.</summary>
/// <param name="Id">Message id; one made from the content where it came without.</param>
/// <param name="Type">Name of the command or answer; empty when it cannot be read.</param>
/// <param name="Queue">Where it died; empty when that is not known.</param>
/// <param name="Reason">In the broker's words, such as <c>delivery_limit</c>.</param>
/// <param name="Deliveries">How often it was handed out; null when the broker does not say.</param>
/// <param name="DiedAt">When; null when the broker does not say.</param>
/// <param name="Evolution">The evolution it belongs to; null when it cannot be told.</param>
/// <param name="Stage">The stage it is about, such as <c>Build</c>; null when it is about none.</param>
public sealed record DeadMessage(
    string Id, string Type, string Queue, string Reason, int? Deliveries, DateTimeOffset? DiedAt, Guid? Evolution, string? Stage);

/// <summary>What became of a requeue.</summary>
/// <param name="Requeued">Ids of the messages that are back in their queues.</param>
/// <param name="Left">Those that are not.</param>
public sealed record RequeueResult(IReadOnlyList<string> Requeued, IReadOnlyList<LeftMessage> Left);

/// <summary>A message that was asked for and is not requeued.</summary>
public sealed record LeftMessage(string Id, string Reason);

/// <summary>The broker cannot be asked now.</summary>
public sealed class BrokerAwayException(Exception cause) : Exception($"the broker cannot be asked: {cause.Message}", cause);
