using MassTransit;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.Orchestrator.EventSourcing;

namespace Moss.Orchestrator.Machine;

/// <summary>The saga instance: the fold of the evolution's stream and what the current message adds to it.</summary>
internal sealed class EvolutionSaga : SagaStateMachineInstance, IEventSourcedSaga
{
    private readonly HashSet<string> causes = [];
    private readonly Dictionary<Type, long> newest = [];
    private readonly List<object> recorded = [];

    public Guid CorrelationId { get; set; }

    /// <summary>Follows the fold on loading, and the machine within a message.</summary>
    public string CurrentState { get; set; } = nameof(Phase.Initial);

    public EvolutionState State { get; private set; } = EvolutionState.Empty;

    public long Version { get; private set; } = ExpectedVersion.NoStream.Value;

    public DateTimeOffset Now { get; set; }

    public StreamId Stream => StreamOf(CorrelationId);

    public static StreamId StreamOf(Guid evolution) => new($"evolution-{evolution:n}");

    public void Record(object @event)
    {
        State = State.Apply(@event, Now);
        recorded.Add(@event);
    }

    public void Replay(StoredEvent stored)
    {
        State = State.Apply(stored.Data, stored.Metadata.Time);
        Version = stored.Version;
        CurrentState = State.Phase.ToString();
        causes.Add(stored.Metadata.Causation);
        newest[stored.Data.GetType()] = stored.Position;
    }

    /// <summary>Position in the feed of the newest event of a kind; 0 when there is none.</summary>
    public long PositionOf<T>() => newest.GetValueOrDefault(typeof(T));

    /// <summary>True when this message already moved the saga, before a crash or a repetition.</summary>
    public bool HasSeen(Guid? messageId) => messageId is { } id && causes.Contains(id.ToString());

    public IReadOnlyList<object> TakeRecorded()
    {
        object[] taken = [.. recorded];
        recorded.Clear();
        return taken;
    }
}
