using System.Collections.Concurrent;

namespace Moss.Deployment;

/// <summary>
/// One actor a substrate, in this process and on this machine. The file's lock is the kernel's: it is gone with its process
/// and held by one that merely hangs, which no lease with an expiry can say of itself.
/// </summary>
internal sealed class SubstrateLocks(DeploymentFolders folders, TimeProvider clock)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    /// <summary>Waits for the lock.</summary>
    public async Task<IDisposable> AcquireAsync(string substrate, CancellationToken cancellationToken)
    {
        var gate = Gate(substrate);
        await gate.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                if (TryLockFile(substrate) is { } file)
                {
                    return new Held(gate, file);
                }

                await Task.Delay(Retry, clock, cancellationToken);
            }
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    /// <summary>The lock, or null when somebody has it.</summary>
    public async Task<IDisposable?> TryAcquireAsync(string substrate)
    {
        var gate = Gate(substrate);
        if (!await gate.WaitAsync(TimeSpan.Zero))
        {
            return null;
        }

        if (TryLockFile(substrate) is { } file)
        {
            return new Held(gate, file);
        }

        gate.Release();
        return null;
    }

    private SemaphoreSlim Gate(string substrate) => gates.GetOrAdd(substrate, _ => new SemaphoreSlim(1, 1));

    private FileStream? TryLockFile(string substrate)
    {
        var path = folders.Lock(substrate);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    private sealed class Held(SemaphoreSlim gate, FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            gate.Release();
        }
    }
}
