using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Hosting;

/// <summary>A program of this build as a child process: one request goes in, a line comes out for each thing that is done.</summary>
/// <param name="Path">Its assembly.</param>
/// <param name="Title">What is said when it fails.</param>
/// <param name="Fix">And what can be done then.</param>
internal sealed record HelperProgram(string Path, string Title, string Fix)
{
    /// <summary>Is given each line that it writes to standard error; they are also what is told when it fails.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    public async IAsyncEnumerable<T> AskAsync<T>(object request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [Path])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var complaint = ComplaintAsync(process, cancellationToken);
            await SayAsync(process, JsonSerializer.Serialize(request, MossClient.Json), cancellationToken);
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                yield return JsonSerializer.Deserialize<T>(line, MossClient.Json)!;
            }

            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
            {
                throw new LocalFailureException(Title, await complaint, Fix);
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static async Task SayAsync(Process process, string request, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(request.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without listening: its exit code and its complaint say why.
        }
    }

    private async Task<string> ComplaintAsync(Process process, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
            Tell(line);
        }

        return string.Join('\n', lines).Trim();
    }
}
