namespace Moss.AgentTools.Try;

/// <summary>Replays scenarios of the batch on the work tree.</summary>
internal interface IReplays : IAsyncDisposable
{
    /// <summary>Throws <see cref="TryException"/> when the runner is not there or refuses.</summary>
    Task<TryResponse> ReplayAsync(TryRequest request, CancellationToken cancellationToken);
}

/// <summary>The runner cannot be used; the message says why and what to do.</summary>
internal sealed class TryException(string message) : Exception(message);
