namespace Moss.Processes;

/// <summary>Runs programs to their end.</summary>
public interface IProcessRunner
{
    /// <summary>
    /// Runs <paramref name="invocation"/> and waits for it. When <paramref name="cancellationToken"/> fires the whole
    /// group is stopped first and <see cref="OperationCanceledException"/> is thrown after it is gone.
    /// </summary>
    Task<ProcessResult> RunAsync(ProcessInvocation invocation, CancellationToken cancellationToken);
}
