using System.Diagnostics;
using System.Globalization;

namespace Moss.EventStore.Tests.Crash;

/// <summary>A real process that appends as fast as it can until it is killed.</summary>
internal static class CrashingProcess
{
    /// <summary>Runs the child, kills it with SIGKILL after so many acknowledged appends, and returns the last acknowledged version per stream.</summary>
    public static async Task<Dictionary<StreamId, long>> KillAfterAsync(int appends, string kind, string target)
    {
        using var child = Start(kind, target);
        var error = child.StandardError.ReadToEndAsync();
        var acknowledged = new Dictionary<StreamId, long>();
        for (var line = 0; line < appends; line++)
        {
            var said = await child.StandardOutput.ReadLineAsync().SoonAsync()
                ?? throw new InvalidOperationException($"the child ended by itself: {await error}");
            Note(acknowledged, said);
        }

        child.Kill();
        while (await child.StandardOutput.ReadLineAsync().SoonAsync() is { } rest)
        {
            Note(acknowledged, rest);
        }

        await child.WaitForExitAsync().SoonAsync();
        child.ExitCode.ShouldBe(137);
        return acknowledged;
    }

    private static void Note(Dictionary<StreamId, long> acknowledged, string line)
    {
        // The last line may be cut short by the kill; then its number is too small, never too large.
        if (line.Split(' ') is [var stream, { Length: > 0 } version])
        {
            var number = long.Parse(version, CultureInfo.InvariantCulture);
            var known = acknowledged.GetValueOrDefault(new StreamId(stream), -1);
            acknowledged[new StreamId(stream)] = Math.Max(number, known);
        }
    }

    private static Process Start(string kind, string target)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Moss.EventStore.CrashChild.dll"), kind, target },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment.Add("PATH", path);
        start.Environment.Add("DOTNET_CLI_TELEMETRY_OPTOUT", "1");
        return Process.Start(start)!;
    }
}
