namespace Moss.ServiceDefaults.Bus.Broker;

/// <summary>The desk of a process whose bus is in memory.</summary>
internal sealed class NoBroker : IQueueDesk
{
    public bool HasBroker => false;

    public Task<IReadOnlyList<QueueCount>> CountAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<QueueCount>>([]);

    public Task<IReadOnlyList<DeadMessage>> DeadAsync(int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DeadMessage>>([]);

    public Task<RequeueResult> RequeueAsync(IReadOnlySet<string>? ids, CancellationToken cancellationToken) =>
        Task.FromResult(new RequeueResult([], [.. (ids ?? new HashSet<string>()).Select(id => new LeftMessage(id, "there are no queues"))]));
}
