using System.Diagnostics;
using System.Formats.Tar;
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

    /// <summary>
    /// Writes every version that a file below a folder ever had on a branch of a repository to a tar file, without a clone. An entry is
    /// named by the hash of its content, a dash and the name of the file. False when there is no such branch.
    /// </summary>
    /// <param name="repository">Path or URL.</param>
    /// <param name="branch">Which.</param>
    /// <param name="below">The folder in it.</param>
    /// <param name="scratch">An empty folder of this machine, in which <c>files.tar</c> is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<bool> ArchiveHistoryAsync(string repository, string branch, string below, string scratch, CancellationToken cancellationToken)
    {
        await RunAsync(scratch, cancellationToken, "init", "--quiet", "--bare", "--template=", "mirror.git");
        var mirror = Path.Combine(scratch, "mirror.git");
        try
        {
            await RunAsync(mirror, cancellationToken, "fetch", "--quiet", "--no-tags", "--", repository, $"+refs/heads/{branch}:refs/heads/wanted");
        }
        catch (LocalFailureException failed) when (failed.Message.Contains("couldn't find remote ref", StringComparison.Ordinal))
        {
            return false;
        }

        var objects = await RunAsync(mirror, cancellationToken, "rev-list", "--objects", "wanted", "--", below);
        var entries = objects.Split('\n').Select(line => line.Split($" {below}/")).Where(line => line is [_, { Length: > 0 } name] && !name.Contains('/', StringComparison.Ordinal))
            .Select(line => $"100644 blob {line[0]}\t{line[0]}-{line[1]}\0");
        var tree = (await RunAsync(mirror, string.Concat(entries), cancellationToken, "mktree", "-z")).Trim();
        await RunAsync(mirror, cancellationToken, "archive", "--format=tar", $"--output={Path.Combine(scratch, "files.tar")}", tree);
        return true;
    }

    /// <summary>Writes the files of a commit to a folder, which is made.</summary>
    public static async Task ExportAsync(string repository, string revision, string folder, CancellationToken cancellationToken)
    {
        var archive = Directory.CreateDirectory(folder).FullName + ".tar";
        await RunAsync(repository, cancellationToken, "archive", "--format=tar", $"--output={archive}", revision);
        await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: false, cancellationToken);
        File.Delete(archive);
    }

    /// <summary>What one revision changes of another, some paths left out.</summary>
    public static Task<string> DiffAsync(string repository, string from, string to, string without, CancellationToken cancellationToken) =>
        RunAsync(repository, cancellationToken, "diff", "--binary", "--no-color", "--no-ext-diff", "--no-renames", from, to, "--", ".", $":(exclude){without}");

    private static Task<string> RunAsync(string folder, CancellationToken cancellationToken, params string[] arguments) =>
        RunAsync(folder, "", cancellationToken, arguments);

    private static async Task<string> RunAsync(string folder, string input, CancellationToken cancellationToken, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["LC_ALL"] = "C", ["GIT_TERMINAL_PROMPT"] = "0" },
        })!;
        var output = git.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        await git.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
        git.StandardInput.Close();
        await git.WaitForExitAsync(cancellationToken);
        return git.ExitCode == 0
            ? await output
            : throw new LocalFailureException($"git {arguments[0]} failed", $"in {folder}: {(await error).Trim()}", "`moss doctor` says what this machine lacks");
    }
}
