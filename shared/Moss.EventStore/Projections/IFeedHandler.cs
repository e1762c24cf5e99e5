namespace Moss.EventStore.Projections;

/// <summary>Gets every event of the feed, in order, at least once: it must bear a repetition.</summary>
public interface IFeedHandler
{
    /// <summary>Name of its checkpoint; unique and never changed, or it starts from the beginning.</summary>
    string Name { get; }

    /// <summary>
    /// Handles one event; the next comes when it is done. What it throws is logged, and the same event comes again after a pause.
    /// Events that it has no use for it ignores.
    /// </summary>
    Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken);
}
