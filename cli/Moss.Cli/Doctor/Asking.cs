using System.Diagnostics;

namespace Moss.Cli.Doctor;

/// <summary>Asks a program something that it answers at once.</summary>
internal static class Asking
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The first line that it prints, of its errors when there is no other; null when it is not there, fails, or takes too long.</summary>
    public static async Task<string?> FirstLineAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            })!;
            process.StandardInput.Close();
            try
            {
                var error = process.StandardError.ReadToEndAsync(ended.Token);
                var output = await process.StandardOutput.ReadToEndAsync(ended.Token);
                var said = string.IsNullOrWhiteSpace(output) ? await error : output;
                await process.WaitForExitAsync(ended.Token);
                return process.ExitCode == 0 ? said.Trim().Split('\n')[0] : null;
            }
            finally
            {
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                }
            }
        }
        catch (Exception missing) when (missing is System.ComponentModel.Win32Exception || (missing is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
