namespace Moss.EventStore.Turns;

/// <summary>Rights that one holder at a time has, among all processes that share a store: to dispatch, to work on a stage.</summary>
public interface ITurns
{
    /// <summary>Waits until the turn of this name is free, and takes it. It is free again when it is disposed, and when its holder dies.</summary>
    Task<ITurn> TakeAsync(string name, CancellationToken cancellationToken);
}

/// <summary>A turn that is held until it is disposed.</summary>
public interface ITurn : IAsyncDisposable
{
    /// <summary>Fires when the turn was lost because the store could not be reached: another process may have it now.</summary>
    CancellationToken Lost { get; }
}
