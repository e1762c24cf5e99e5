using System.Text;
using Moss.Testing;
using Moss.Workspaces;

namespace Moss.Adapters.Tests.Workspaces;

/// <summary>A data folder, a source repository and real git.</summary>
public abstract class WorkspaceTest : IDisposable
{
    protected static readonly DateTimeOffset Time = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    protected WorkspaceTest() => Git = Create();

    internal WatchedRunner Runner { get; } = new();

    protected TemporaryFolder Data { get; } = new();

    protected TemporaryRepository Source { get; } = new(("README.md", "# Desk\n"), ("src/app.py", "print('hello')\n"));

    protected GitWorkspaces Git { get; }

    protected static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Source.Dispose();
        Data.Dispose();
    }

    protected static CommitMessage Message(string subject = "Change it") => new(subject, "", []);

    protected static async Task<string> RefusalOf(Func<Task> action) => (await Should.ThrowAsync<RepositoryException>(action)).Message;

    /// <summary>Another process, as far as Moss can tell: no memory in common, the same data folder.</summary>
    protected GitWorkspaces Create() => new(new WorkspaceSettings(Data.Path), Runner, TimeProvider.System);

    protected Task<CommitHash> MainAsync() => Git.ResolveAsync(Source.Path, "main", None);

    protected async Task<WorkspaceLease> LeaseAsync(string name = "lease") => await Git.LeaseAsync(Source.Path, name, await MainAsync(), None);

    protected static void Write(WorkspaceLease lease, string path, string content)
    {
        var file = Path.Combine(lease.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }

    protected async Task<string?> ReadAsync(CommitHash commit, string path) =>
        await Git.ReadFileAsync(Source.Path, commit, path, None) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    protected static IEnumerable<string> Paths(Diff diff) => diff.Files.Select(file => file.Path);
}
