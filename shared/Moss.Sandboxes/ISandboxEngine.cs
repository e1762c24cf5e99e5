namespace Moss.Sandboxes;

/// <summary>Runs untrusted programs where they can reach nothing but what their spec mounts.</summary>
public interface ISandboxEngine
{
    /// <summary>The word used in configuration and reports: <c>process</c>, <c>docker</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Runs <paramref name="spec"/> to its end and leaves nothing behind: every process in the sandbox is dead when the
    /// task completes, also when it is cancelled, and when Moss itself is killed.
    /// </summary>
    Task<SandboxResult> RunAsync(SandboxSpec spec, CancellationToken cancellationToken);
}
