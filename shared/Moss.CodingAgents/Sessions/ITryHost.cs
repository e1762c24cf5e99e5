using System.Collections.Immutable;
using Moss.Replays;

namespace Moss.CodingAgents.Sessions;

/// <summary>Serves the scenario runner to one agent.</summary>
public interface ITryHost
{
    /// <summary>Listens when the task completes, until the result is disposed.</summary>
    /// <param name="scope">What may be replayed.</param>
    /// <param name="socketPath">Unix socket to make.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    Task<IAsyncDisposable> ListenAsync(TryScope scope, string socketPath, CancellationToken cancellationToken);
}

/// <summary>What an agent may replay.</summary>
/// <param name="Substrate">Declaration, scenarios and graders of the base commit.</param>
/// <param name="WorkTree">Absolute path of the source that is replayed.</param>
/// <param name="Scenarios">Ids of the batch; no other may be run.</param>
public sealed record TryScope(LoadedSubstrate Substrate, string WorkTree, ImmutableArray<string> Scenarios);
