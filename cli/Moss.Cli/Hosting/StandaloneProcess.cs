using System.Diagnostics;
using System.Text.Json;
using Moss.Cli.Features;

namespace Moss.Cli.Hosting;

/// <summary>Moss as a child of this command, on a port that is free; stopped with it.</summary>
internal sealed class StandaloneProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(15);
    private readonly Process process;

    private StandaloneProcess(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public static async Task<StandaloneProcess> StartAsync(string data, TimeProvider clock, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(data);
        var announcement = Path.Combine(data, "moss.json");
        File.Delete(announcement);

        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in new[] { MossHome.Standalone, "--data", data, "--urls", "http://127.0.0.1:0", "--stop-with-stdin", "true" })
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        _ = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var limit = clock.GetUtcNow() + StartLimit;
        while (!File.Exists(announcement))
        {
            if (process.HasExited)
            {
                throw new LocalFailureException(
                    "Moss did not start", (await errors).Trim(), $"its log is in {Path.Combine(data, "logs")}; `moss doctor` says what this machine lacks");
            }

            if (clock.GetUtcNow() > limit)
            {
                process.Kill(entireProcessTree: true);
                throw new LocalFailureException(
                    "Moss did not start", $"it was not ready within {StartLimit.TotalSeconds} s", $"its log is in {Path.Combine(data, "logs")}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), clock, cancellationToken);
        }

        var url = JsonDocument.Parse(await File.ReadAllTextAsync(announcement, cancellationToken)).RootElement.GetProperty("url").GetString()!;
        return new(process, new Uri(url));
    }

    /// <summary>Asks it to stop by closing its standard input, and kills it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        try
        {
            using var limit = new CancellationTokenSource(StopLimit);
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
