using System.Diagnostics;
using System.Globalization;

namespace Moss.AgentTools.Api.Tools;

/// <summary>Runs a command of the shell in the work tree. What it may reach is up to the jail.</summary>
internal sealed class RunCommand(string workTree, TimeProvider clock) : ITool
{
    private const int Usual = 120;
    private const int Longest = 900;

    /// <summary>How long what a command left in the background may hold its output open.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    public ToolOffer Offer { get; } = new(
        "run", "Run a command with sh in the work tree and see what it prints and how it exits. There is no input and no network.",
        $$"""
        {"type":"object","properties":{"command":{"type":"string"},
        "timeout":{"type":"integer","description":"seconds until it is stopped, {{Usual}} when left out, {{Longest}} at most"} },"required":["command"]}
        """);

    public async Task<string> RunAsync(ToolInput input, CancellationToken cancellationToken)
    {
        var (command, seconds) = (input.Text("command"), input.Number("timeout", Usual, 1, Longest));
        using var process = new Process { StartInfo = Start(command) };
        process.Start();
        process.StandardInput.Close();
        var printed = new BoundedText(ToolBox.MostAnswer - 200);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadAsync(process.StandardOutput, printed, over.Token);
        var ended = await EndedAsync(process, TimeSpan.FromSeconds(seconds), cancellationToken);
        await Task.WhenAny(reading, Task.Delay(Rest, clock, cancellationToken));
        await over.CancelAsync();
        await reading;
        return string.Create(CultureInfo.InvariantCulture, $"{printed}\n[{(ended ? $"exit code {process.ExitCode}" : $"stopped after {seconds} s")}]");
    }

    private ProcessStartInfo Start(string command)
    {
        // Both streams in one, so that what is printed keeps its order.
        var start = new ProcessStartInfo("sh", ["-c", "exec 2>&1\n" + command])
        {
            WorkingDirectory = workTree, RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.Contains("TOKEN", StringComparison.OrdinalIgnoreCase) || name.Contains("KEY", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        return start;
    }

    private async Task<bool> EndedAsync(Process process, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await process.WaitForExitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static async Task ReadAsync(StreamReader output, BoundedText printed, CancellationToken cancellationToken)
    {
        var piece = new char[4096];
        try
        {
            while (await output.ReadAsync(piece, cancellationToken) is > 0 and var read)
            {
                printed.Append(piece.AsSpan(0, read));
            }
        }
        catch (OperationCanceledException)
        {
            // What is printed from here on comes too late.
        }
    }
}
