using System.Collections.Concurrent;

namespace Moss.Workspaces;

/// <summary>One holder a file at a time, in this process and across processes. The kernel lets go when a holder dies.</summary>
internal sealed class RepositoryLock(TimeProvider time)
{
    private const int WouldBlockOnLinux = 11;
    private const int WouldBlockOnMac = 35;
    private const int SharingViolation = unchecked((int)0x80070020);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> gates = new(StringComparer.Ordinal);

    public async Task<IDisposable> HoldAsync(string file, CancellationToken cancellationToken)
    {
        var gate = gates.GetOrAdd(file, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            return new Holder(gate, await OpenAsync(file, cancellationToken));
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    private async Task<FileStream> OpenAsync(string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        while (true)
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (taken.HResult is WouldBlockOnLinux or WouldBlockOnMac or SharingViolation)
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    private sealed class Holder(SemaphoreSlim gate, FileStream file) : IDisposable
    {
        public void Dispose()
        {
            file.Dispose();
            gate.Release();
        }
    }
}
