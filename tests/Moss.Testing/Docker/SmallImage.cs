using System.Diagnostics;
using Moss.Containers.Engine;

namespace Moss.Testing.Docker;

/// <summary>An image made of parts of this machine, for tests where no registry can be reached.</summary>
public static class SmallImage
{
    private static readonly string[] Commands =
    [
        "sh", "cat", "chmod", "chown", "cp", "dd", "echo", "env", "false", "grep", "head", "hostname", "id", "ln", "ls", "mkdir", "mount", "mv", "rm", "sed", "setsid",
        "sleep", "tail", "timeout", "touch", "tr", "true", "unshare", "wc", "python3",
    ];

    /// <summary>Makes it, which takes a second or two, and returns its id.</summary>
    public static async Task<string> ImportAsync(EngineClient engine)
    {
        var start = new ProcessStartInfo("/usr/bin/python3")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Docker", "make-image.py") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Commands.ToList().ForEach(start.ArgumentList.Add);
        start.Environment.Clear();
        start.Environment.Add("PATH", DockerBinaries.Path);
        using var process = Process.Start(start)!;
        var complaints = process.StandardError.ReadToEndAsync();
        var image = await engine.Images.ImportAsync(process.StandardOutput.BaseStream, "moss-test", "small", CancellationToken.None);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? image : throw new InvalidOperationException($"The image for the tests could not be made: {await complaints}");
    }
}
