using System.Collections.Concurrent;

namespace Moss.Workspaces;

/// <summary>A bare copy of a source repository; the source's branches are below <c>refs/source</c>, Moss's own below <c>refs/heads/moss</c>.</summary>
internal sealed record Mirror(RepositoryAddress Address, GitPlace Place)
{
    public string LockFile => Place.GitDirectory + ".lock";
}

/// <summary>
/// Makes and refreshes mirrors. Nothing is ever collected as garbage in one: a commit that was answered stays readable,
/// whatever becomes of the branches.
/// </summary>
internal sealed class MirrorStore(WorkspaceSettings settings, GitRunner git, RepositoryLock locks, OwnedFolders folders)
{
    private readonly ConcurrentDictionary<(string Mirror, CommitHash Commit), TreeHash> known = new();

    public GitPlace Anywhere { get; } = new(settings);

    /// <summary>The mirror as it is, made first when there is none.</summary>
    public async Task<Mirror> OpenAsync(string repository, CancellationToken cancellationToken)
    {
        var address = RepositoryAddress.Parse(repository);
        var path = Path.Combine(settings.Mirrors, address.MirrorName);
        var mirror = new Mirror(address, Anywhere with { GitDirectory = path });
        if (!Directory.Exists(path))
        {
            using var held = await locks.HoldAsync(mirror.LockFile, cancellationToken);
            await CreateAsync(path, cancellationToken);
        }

        return mirror;
    }

    /// <summary>The mirror after a fetch.</summary>
    public async Task<Mirror> FetchAsync(string repository, CancellationToken cancellationToken)
    {
        MustBeThere(RepositoryAddress.Parse(repository));
        var mirror = await OpenAsync(repository, cancellationToken);
        using var held = await locks.HoldAsync(mirror.LockFile, cancellationToken);
        var fetched = await git.RunAsync(GitCommand.Fetch(mirror.Place, mirror.Address), cancellationToken);
        return fetched.Code == 0 ? mirror : throw GitComplaint.About(mirror.Address, fetched.Error);
    }

    /// <summary>The mirror with the commit in it and the commit's tree; fetches only when it is not there yet.</summary>
    public async Task<(Mirror Mirror, TreeHash Tree)> FindAsync(string repository, CommitHash commit, CancellationToken cancellationToken)
    {
        var mirror = await OpenAsync(repository, cancellationToken);
        var key = (mirror.Place.GitDirectory!, commit);
        if (known.TryGetValue(key, out var tree))
        {
            return (mirror, tree);
        }

        var found = await TreeOfAsync(mirror, commit, cancellationToken)
            ?? await TreeOfAsync(await FetchAsync(repository, cancellationToken), commit, cancellationToken)
            ?? throw new RepositoryException(
                $"{mirror.Address.Display} has no commit {commit}: it was never there, or its history was rewritten. Name a branch that exists.");
        known[key] = found;
        return (mirror, found);
    }

    private async Task<TreeHash?> TreeOfAsync(Mirror mirror, CommitHash commit, CancellationToken cancellationToken) =>
        Hashes.IsFull(commit.Value)
        && await git.AskAsync(GitCommand.Resolve(mirror.Place, commit.Value + "^{commit}^{tree}"), cancellationToken) is { } tree
            ? new TreeHash(tree)
            : null;

    private async Task CreateAsync(string path, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        GitFiles.Ensure(settings.ConfigFile, GitFiles.Configuration);
        var making = path + ".making";
        await folders.DeleteAsync(making, cancellationToken);
        await git.ReadAsync(GitCommand.InitialiseBare(Anywhere, making), "make a mirror", cancellationToken);
        GitFiles.Ensure(Path.Combine(making, "info", "attributes"), GitFiles.Attributes);
        Directory.Move(making, path);
    }

    private static void MustBeThere(RepositoryAddress address)
    {
        if (address.Local && !Directory.Exists(address.Location))
        {
            throw new RepositoryException(File.Exists(address.Location)
                ? $"{address.Location} is a file: give the folder of a git repository."
                : $"{address.Location} is not there: give the path of a git repository or its URL.");
        }
    }
}
