using Moss.ModelProxy;
using Moss.Sandboxes;

namespace Moss.CodingAgents.Sessions;

/// <summary>Runs an agent's program, and stops it when its model is not to be had: some would try again for ever.</summary>
internal sealed class WatchedRun(ISandboxEngine sandboxes, IModelLease? model, TimeSpan patience)
{
    /// <summary>How it ended; one that was stopped for its model's sake was idle.</summary>
    public async Task<SandboxResult> RunAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        if (model is null)
        {
            return await sandboxes.RunAsync(spec, cancellationToken);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = sandboxes.RunAsync(spec, stop.Token);
        var away = model.WaitForOutageAsync(patience, stop.Token);
        await Task.WhenAny(run, away);
        await stop.CancelAsync();
        await away.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            return await run;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new SandboxResult.TimedOut { Idle = true };
        }
    }
}
