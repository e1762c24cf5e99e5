using System.Diagnostics;
using Moss.Processes;

namespace Moss.Adapters.Tests.Workspaces;

/// <summary>Just enough of a runner for git; counts what it ran.</summary>
internal sealed class PlainRunner : IProcessRunner
{
    private readonly Lock gate = new();
    private readonly List<ProcessInvocation> ran = [];

    public IReadOnlyList<ProcessInvocation> Ran
    {
        get
        {
            lock (gate)
            {
                return [.. ran];
            }
        }
    }

    public async Task<ProcessResult> RunAsync(ProcessInvocation invocation, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ran.Add(invocation);
        }

        var start = new ProcessStartInfo(invocation.Program, invocation.Arguments)
        {
            WorkingDirectory = invocation.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in invocation.Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(invocation.StandardInput, cancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellationToken);
        var text = await output;
        return new ProcessResult.Exited(process.ExitCode)
        {
            Output = text.Length > invocation.OutputLimit ? text[..invocation.OutputLimit] : text,
            Error = await error,
            Truncated = text.Length > invocation.OutputLimit,
        };
    }
}
