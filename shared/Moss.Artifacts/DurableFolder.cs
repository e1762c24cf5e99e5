namespace Moss.Artifacts;

/// <summary>
/// Files that appear whole or not at all and stay: written under a temporary name, synced, given their name, and the folder synced.
/// Fanned out over 256 folders by the first two digits of the name.
/// </summary>
internal sealed class DurableFolder
{
    /// <summary>Older leftovers belong to writers that were killed.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    private readonly string folder;
    private readonly string unfinished;
    private readonly TimeProvider clock;
    private bool swept;

    public DurableFolder(string folder, TimeProvider clock)
    {
        this.folder = Path.GetFullPath(folder);
        this.clock = clock;
        unfinished = Path.Combine(this.folder, "unfinished");
    }

    public string PathOf(string name) => Path.Combine(folder, name[..2], name);

    /// <summary>The whole file; null when there is none.</summary>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(name), cancellationToken);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Puts the file in place of whatever had its name.</summary>
    public Task ReplaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(name, content, static (file, target) => File.Move(file, target, overwrite: true), cancellationToken);

    /// <summary>Puts the file there unless its name is taken, by this process or another; the first one wins.</summary>
    public Task AddAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        WriteAsync(name, content, static (file, target) => Posix.TryLink(file, target), cancellationToken);

    private async Task WriteAsync(string name, ReadOnlyMemory<byte> content, Action<string, string> place, CancellationToken cancellationToken)
    {
        var target = PathOf(name);
        try
        {
            Prepare(Path.GetDirectoryName(target)!);
            var file = Path.Combine(unfinished, Path.GetRandomFileName());
            try
            {
                await WriteAndSyncAsync(file, content, cancellationToken);
                place(file, target);
            }
            finally
            {
                File.Delete(file);
            }

            Posix.SyncFolder(Path.GetDirectoryName(target)!);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"cannot write {target}: {broken.Message}", broken);
        }
    }

    private static async Task WriteAndSyncAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var handle = File.OpenHandle(
            file, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous, preallocationSize: content.Length);
        await RandomAccess.WriteAsync(handle, content, 0, cancellationToken);
        RandomAccess.FlushToDisk(handle);
    }

    private void Prepare(string place)
    {
        if (!Directory.Exists(place))
        {
            Directory.CreateDirectory(place);
            Posix.SyncFolder(folder);
        }

        Directory.CreateDirectory(unfinished);
        if (!swept)
        {
            Sweep();
            swept = true;
        }
    }

    private void Sweep()
    {
        var oldest = clock.GetUtcNow() - Abandoned;
        foreach (var file in Directory.EnumerateFiles(unfinished).Where(file => File.GetLastWriteTimeUtc(file) < oldest.UtcDateTime))
        {
            File.Delete(file);
        }
    }
}
