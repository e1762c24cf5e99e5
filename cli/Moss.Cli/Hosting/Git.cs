using System.Diagnostics;
using Moss.Cli.Features;

namespace Moss.Cli.Hosting;

/// <summary>The git that this command needs to lay out repositories and to read what came of them.</summary>
internal static class Git
{
    /// <summary>Makes the folder a repository with everything in it as its first commit; a shared one can be written by every user.</summary>
    public static async Task InitAsync(string folder, string message, bool shared, CancellationToken cancellationToken)
    {
        await RunAsync(folder, cancellationToken, ["init", "--quiet", "--initial-branch=main", .. shared ? (string[])["--shared=0666"] : []]);
        await RunAsync(folder, cancellationToken, "add", "--all");
        await RunAsync(
            folder, cancellationToken, "-c", "user.name=Substrate team", "-c", "user.email=team@example.org", "commit", "--quiet", "-m", message);
    }

    /// <summary>Content of a file at a revision.</summary>
    public static Task<string> ShowAsync(string folder, string revision, string file, CancellationToken cancellationToken) =>
        RunAsync(folder, cancellationToken, "show", $"{revision}:{file}");

    private static async Task<string> RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = git.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        await git.WaitForExitAsync(cancellationToken);
        return git.ExitCode == 0
            ? await output
            : throw new LocalFailureException($"git {arguments[0]} failed", $"in {folder}: {(await error).Trim()}", "`moss doctor` says what this machine lacks");
    }
}
