namespace Moss.Workspaces;

/// <summary>Read-only checkouts by tree hash, shared by all repositories. One appears whole or not at all.</summary>
internal sealed class TreeStore(WorkspaceSettings settings, TreeWriter writer, RepositoryLock locks, OwnedFolders folders)
{
    private const UnixFileMode Writable = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    public async Task<string> CheckoutAsync(Mirror mirror, TreeHash tree, CancellationToken cancellationToken)
    {
        var path = Path.Combine(settings.Trees, tree.Value);
        if (Directory.Exists(path))
        {
            return path;
        }

        using var held = await locks.HoldAsync(Path.Combine(settings.Trees, ".lock"), cancellationToken);
        if (!Directory.Exists(path))
        {
            await MakeAsync(mirror, tree, path, cancellationToken);
        }

        return path;
    }

    private async Task MakeAsync(Mirror mirror, TreeHash tree, string path, CancellationToken cancellationToken)
    {
        var making = Path.Combine(settings.Trees, ".making");
        var index = Path.Combine(settings.Trees, ".index");
        await folders.DeleteAsync(making, cancellationToken);
        File.Delete(index);
        File.Delete(index + ".lock");
        var entries = await writer.ListAsync(mirror.Place, tree, cancellationToken);
        await writer.WriteAsync(mirror.Place with { WorkTree = making, IndexFile = index }, tree, entries, cancellationToken);
        foreach (var entry in entries.Where(entry => entry.IsFile))
        {
            MakeReadOnly(Path.Combine(making, entry.Path));
        }

        Directory.Move(making, path);
        File.Delete(index);
    }

    /// <summary>Files only: a folder that cannot be written could not be deleted by its owner without a walk.</summary>
    private static void MakeReadOnly(string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) & ~Writable);
        }
    }
}
