using Moss.Processes;

namespace Moss.Adapters.Tests.Sandboxes;

/// <summary>A named pipe by which a program in a sandbox says that it has come so far: no sleep, no polling.</summary>
internal static class Fifo
{
    public static async Task<string> CreateAsync(string path)
    {
        var result = await new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System)
            .RunAsync(new ProcessInvocation("/usr/bin/mkfifo", ["-m", "666", path]), CancellationToken.None);
        result.ShouldBeOfType<ProcessResult.Exited>().Code.ShouldBe(0, result.Error);
        return path;
    }

    /// <summary>What the other side writes before it closes.</summary>
    public static Task<string> ReadAsync(string path) =>
        Task.Factory.StartNew(() => File.ReadAllText(path).Trim(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(TimeSpan.FromSeconds(30));
}
