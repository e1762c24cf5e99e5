using System.Diagnostics;
using Moss.Processes;

namespace Moss.Workspaces;

/// <summary>Runs git; what is no answer of git itself (not installed, out of time, too much output) throws here.</summary>
internal sealed class GitRunner(IProcessRunner runner)
{
    public async Task<ProcessResult.Exited> RunAsync(ProcessInvocation invocation, CancellationToken cancellationToken) =>
        await runner.RunAsync(invocation, cancellationToken) switch
        {
            ProcessResult.Exited exited => exited,
            ProcessResult.TimedOut => throw new RepositoryException(
                $"git {Task(invocation)} took longer than {invocation.Timeout}: check the network, or use a local clone."),
            ProcessResult.NotStarted failed => throw new RepositoryException(
                $"git could not be started ({failed.Reason}): install git 2.38 or newer."),
            _ => throw new UnreachableException(),
        };

    /// <summary>Whole output of a command that must succeed.</summary>
    public async Task<string> ReadAsync(ProcessInvocation invocation, string task, CancellationToken cancellationToken)
    {
        var exited = await RunAsync(invocation, cancellationToken);
        return exited switch
        {
            { Code: not 0 } => throw GitComplaint.During(task, exited.Error),
            { Truncated: true } => throw new RepositoryException($"git could not {task}: its answer is longer than {invocation.OutputLimit} bytes."),
            _ => exited.Output,
        };
    }

    /// <summary>Output without the line end, or null when the command says no.</summary>
    public async Task<string?> AskAsync(ProcessInvocation invocation, CancellationToken cancellationToken) =>
        await RunAsync(invocation, cancellationToken) is { Code: 0 } yes ? yes.Output.TrimEnd('\n') : null;

    private static string Task(ProcessInvocation invocation) => invocation.Arguments[0];
}
