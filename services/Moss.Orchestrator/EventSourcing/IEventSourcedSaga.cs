using MassTransit;
using Moss.EventStore;

namespace Moss.Orchestrator.EventSourcing;

/// <summary>A saga that is its own stream: loading folds it, saving appends what was recorded.</summary>
internal interface IEventSourcedSaga : ISaga
{
    StreamId Stream { get; }

    /// <summary>Version of the last event replayed; -1 when there is none.</summary>
    long Version { get; }

    /// <summary>The time of everything that the current message records.</summary>
    DateTimeOffset Now { get; set; }

    void Replay(StoredEvent stored);

    IReadOnlyList<object> TakeRecorded();
}
