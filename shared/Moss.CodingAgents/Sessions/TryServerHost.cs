using Moss.Replays;
using Moss.Replays.Trying;
using Moss.Substrates;

namespace Moss.CodingAgents.Sessions;

/// <summary>The scenario runner of Moss.Replays, for the scenarios of the batch and no other.</summary>
public sealed class TryServerHost(IReplayer replayer) : ITryHost
{
    /// <inheritdoc/>
    public Task<IAsyncDisposable> ListenAsync(TryScope scope, string socketPath, CancellationToken cancellationToken)
    {
        var (declaration, substrate) = (scope.Substrate.Declaration, scope.Substrate);
        var lease = new TryLease(
            socketPath, scope.WorkTree, declaration.Trial, [.. substrate.Scenarios.Where(scenario => scope.Scenarios.Contains(scenario.Id))],
            substrate.GraderFolder, declaration.Scenarios)
        {
            IsProtected = new EditScopeRules(declaration).IsProtected,
        };
        return Task.FromResult<IAsyncDisposable>(TryServer.Start(lease, replayer, cancellationToken));
    }
}
