namespace Moss.EventStore.Projections;

/// <summary>Where a subscription begins when the process starts.</summary>
public enum FeedStart
{
    /// <summary>After the last event that was handled, in this process or an earlier one.</summary>
    Checkpoint,

    /// <summary>
    /// At the first event of all: for a handler that asks of every event whether it still matters, because what it passed on
    /// may have died with the process.
    /// </summary>
    Beginning,
}
