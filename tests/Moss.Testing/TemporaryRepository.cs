using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;

namespace Moss.Testing;

/// <summary>
/// A git repository of a test's own with a work tree, on branch <c>main</c>. Authors and times are fixed, so the same
/// commits give the same hashes on every run; the machine's git configuration is not read.
/// </summary>
public sealed class TemporaryRepository : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private int commits;

    /// <summary>An empty repository: no commits yet.</summary>
    public TemporaryRepository() => Git("init", "--quiet", "--initial-branch=main", "--template=", ".");

    /// <summary>A repository with one commit of these files.</summary>
    public TemporaryRepository(params ReadOnlySpan<(string Path, string Content)> files)
        : this() => Commit("Start", files);

    /// <summary>Absolute path of the work tree.</summary>
    public string Path => folder.Path;

    /// <summary>Full hash of the commit that is checked out.</summary>
    public string Head => Git("rev-parse", "HEAD");

    /// <summary>The absolute path of something below the work tree.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => folder.Combine(parts);

    /// <summary>Writes a file without committing it, and returns its absolute path.</summary>
    public string Write(string relativePath, string content) => folder.Write(relativePath, content);

    /// <summary>Writes the files and commits everything that changed in the work tree; returns the full hash.</summary>
    public string Commit(string message, params ReadOnlySpan<(string Path, string Content)> files)
    {
        foreach (var (path, content) in files)
        {
            Write(path, content);
        }

        commits++;
        Git("add", "--all");
        Git("commit", "--quiet", "--allow-empty", "--message", message);
        return Head;
    }

    /// <summary>Creates a branch at the checked-out commit and checks it out.</summary>
    public void Branch(string name) => Git("checkout", "--quiet", "-b", name);

    /// <summary>Content of a file in a commit or branch, as text.</summary>
    public string Show(string reference, string path) => Git("show", $"{reference}:{path}");

    /// <summary>Runs git in the work tree and returns what it printed, without the last line end; throws when it fails.</summary>
    public string Git(params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments.ToArray())
        {
            WorkingDirectory = Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Environment())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
#pragma warning disable VSTHRD002 // The process has ended, so has its error stream: nothing is waited for.
        var complaint = error.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        return process.ExitCode == 0
            ? output.TrimEnd('\n')
            : throw new InvalidOperationException($"git {string.Join(' ', start.ArgumentList)}: {complaint}");
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private ImmutableSortedDictionary<string, string> Environment()
    {
        var time = string.Create(CultureInfo.InvariantCulture, $"{1767600000 + (commits * 60)} +0000");
        return ImmutableSortedDictionary<string, string>.Empty
            .Add("PATH", System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/local/bin:/usr/bin:/bin")
            .Add("HOME", Path)
            .Add("LC_ALL", "C")
            .Add("GIT_CONFIG_NOSYSTEM", "1")
            .Add("GIT_CONFIG_GLOBAL", "/dev/null")
            .Add("GIT_AUTHOR_NAME", "A Person")
            .Add("GIT_AUTHOR_EMAIL", "person@example.org")
            .Add("GIT_AUTHOR_DATE", time)
            .Add("GIT_COMMITTER_NAME", "A Person")
            .Add("GIT_COMMITTER_EMAIL", "person@example.org")
            .Add("GIT_COMMITTER_DATE", time);
    }
}
