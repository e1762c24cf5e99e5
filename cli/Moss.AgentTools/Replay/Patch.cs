using System.ComponentModel;
using System.Diagnostics;

namespace Moss.AgentTools.Replay;

/// <summary>Makes a recorded change again: all of it or nothing.</summary>
internal static class Patch
{
    /// <summary>Applies it as it is; no attribute of the work tree and no setting of the machine counts.</summary>
    /// <exception cref="ReplayException">It does not fit.</exception>
    public static async Task ApplyAsync(string diff, string work, CancellationToken cancellationToken)
    {
        if (diff.Length == 0)
        {
            return;
        }

        var repository = Directory.CreateTempSubdirectory("moss-replay-").FullName;
        try
        {
            var patch = Path.Combine(repository, "recorded.diff");
            await File.WriteAllTextAsync(patch, diff, cancellationToken);
            await GitAsync(["init", "-q"], repository, work, cancellationToken);
            Directory.CreateDirectory(Path.Combine(repository, "info"));
            await File.WriteAllTextAsync(Path.Combine(repository, "info", "attributes"), "* -text -ident -filter -working-tree-encoding\n", cancellationToken);
            await GitAsync(["apply", "--whitespace=nowarn", patch], repository, work, cancellationToken);
        }
        finally
        {
            Directory.Delete(repository, recursive: true);
        }
    }

    private static async Task GitAsync(string[] arguments, string repository, string work, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = work,
            Environment =
            {
                ["GIT_DIR"] = repository, ["GIT_WORK_TREE"] = Path.GetFullPath(work), ["LC_ALL"] = "C",
                ["GIT_CONFIG_NOSYSTEM"] = "1", ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_ATTR_NOSYSTEM"] = "1",
            },
        };
        try
        {
            using var git = Process.Start(start)!;
            git.StandardInput.Close();
            var said = await Task.WhenAll(git.StandardOutput.ReadToEndAsync(cancellationToken), git.StandardError.ReadToEndAsync(cancellationToken));
            await git.WaitForExitAsync(cancellationToken);
            if (git.ExitCode != 0)
            {
                throw new ReplayException($"the recorded change cannot be made again: git {arguments[0]}: {string.Join(' ', said).Trim()}");
            }
        }
        catch (Win32Exception missing)
        {
            throw new ReplayException($"the recorded change needs git, which cannot be run: {missing.Message}");
        }
    }
}
