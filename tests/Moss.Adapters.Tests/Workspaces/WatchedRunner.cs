using System.Collections.Concurrent;
using Moss.Processes;

namespace Moss.Adapters.Tests.Workspaces;

/// <summary>The real runner; remembers what it ran.</summary>
internal sealed class WatchedRunner : IProcessRunner
{
    private readonly ProcessRunner runner = new(ProcessLauncher.Shared, TimeProvider.System);

    public ConcurrentQueue<ProcessInvocation> Ran { get; } = [];

    public Task<ProcessResult> RunAsync(ProcessInvocation invocation, CancellationToken cancellationToken)
    {
        Ran.Enqueue(invocation);
        return runner.RunAsync(invocation, cancellationToken);
    }
}
