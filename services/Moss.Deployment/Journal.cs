using Moss.Domain.Oversight;
using Moss.Domain.Promotion;
using Moss.EventStore;

namespace Moss.Deployment;

/// <summary>One stream and its fold. It belongs to whoever holds the substrate's lock.</summary>
internal sealed class Journal<TState, TEvent>(
    IEventAppender appender, IEventReader reader, StreamId stream, string correlation, TimeProvider clock, TState none, Func<TState, TEvent, TState> apply)
    where TEvent : class
{
    private long version = -1;

    public TState State { get; private set; } = none;

    public async Task<Journal<TState, TEvent>> LoadAsync(CancellationToken cancellationToken)
    {
        await foreach (var stored in reader.ReadStreamAsync(stream, version + 1, cancellationToken))
        {
            (State, version) = (apply(State, (TEvent)stored.Data), stored.Version);
        }

        return this;
    }

    /// <summary>Durable when it returns. Never cancelled: what was done must be written down.</summary>
    public async Task AppendAsync(params TEvent[] happened)
    {
        var now = clock.GetUtcNow();
        var metadata = new EventMetadata(correlation, "", "deployment", now);
        version = await appender.AppendAsync(
            stream,
            ExpectedVersion.Exactly(version),
            [.. happened.Select(data => new NewEvent(Guid.CreateVersion7(now), data, metadata))],
            CancellationToken.None);
        State = happened.Aggregate(State, apply);
    }
}

/// <summary>Opens journals.</summary>
internal sealed class Journals(IEventAppender appender, IEventReader reader, TimeProvider clock)
{
    public static StreamId PromotionStream(Guid evolution) => new($"promotion-{evolution:n}");

    public static StreamId DeploymentStream(string substrate) => new($"deployment-{substrate}");

    public Task<Journal<PromotionState, PromotionEvent>> PromotionAsync(Guid evolution, CancellationToken cancellationToken) =>
        new Journal<PromotionState, PromotionEvent>(
            appender, reader, PromotionStream(evolution), evolution.ToString("n"), clock, PromotionState.None, (state, happened) => state.Apply(happened))
            .LoadAsync(cancellationToken);

    public Task<Journal<DeploymentState, DeploymentEvent>> DeploymentAsync(string substrate, CancellationToken cancellationToken) =>
        new Journal<DeploymentState, DeploymentEvent>(
            appender, reader, DeploymentStream(substrate), substrate, clock, DeploymentState.None, (state, happened) => state.Apply(happened))
            .LoadAsync(cancellationToken);

    public Task<Journal<OversightState, OversightEvent>> OversightAsync(string substrate, CancellationToken cancellationToken) =>
        new Journal<OversightState, OversightEvent>(
            appender, reader, new StreamId($"oversight-{substrate}"), substrate, clock, OversightState.None, (state, happened) => state.Apply(happened))
            .LoadAsync(cancellationToken);

    /// <summary>Everything that happened to a substrate's deployment, oldest first.</summary>
    public async Task<IReadOnlyList<DeploymentEvent>> HistoryAsync(string substrate, CancellationToken cancellationToken) =>
        [.. (await StoredAsync(DeploymentStream(substrate), cancellationToken)).Select(stored => (DeploymentEvent)stored.Data)];

    /// <summary>A stream as it is stored, oldest first.</summary>
    public async Task<IReadOnlyList<StoredEvent>> StoredAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var all = new List<StoredEvent>();
        await foreach (var stored in reader.ReadStreamAsync(stream, 0, cancellationToken))
        {
            all.Add(stored);
        }

        return all;
    }
}
