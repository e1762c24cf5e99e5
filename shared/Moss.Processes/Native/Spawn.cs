using System.Runtime.InteropServices;

namespace Moss.Processes.Native;

/// <summary>
/// Starts a program through posix_spawn as the leader of a session of its own, with default signal dispositions, an empty
/// signal mask and no descriptor of ours but those that were asked for.
/// </summary>
internal sealed unsafe class Spawn : IDisposable
{
    // Both opaque structures are below 400 bytes in glibc and musl.
    private const int OpaqueSize = 1024;
    private const int SignalSetSize = 128;
    private const short OwnSession = 0x80;
    private const short WithSignalDefaults = 0x04;
    private const short WithSignalMask = 0x08;
    private const int AppendOrCreate = 0x1 | 0x40 | 0x400;

    private readonly nint actions = (nint)NativeMemory.AllocZeroed(OpaqueSize);
    private readonly nint attributes = (nint)NativeMemory.AllocZeroed(OpaqueSize);

    public Spawn()
    {
        _ = Libc.InitActions(actions);
        _ = Libc.InitAttributes(attributes);
        var set = stackalloc byte[SignalSetSize];
        _ = Libc.EmptySignalSet(set);
        _ = Libc.SetSignalMask(attributes, set);
        _ = Libc.FillSignalSet(set);
        _ = Libc.SetSignalDefaults(attributes, set);
        _ = Libc.SetFlags(attributes, OwnSession | WithSignalDefaults | WithSignalMask);
    }

    public Spawn Give(int descriptor, int target)
    {
        _ = Libc.AddDuplicate(actions, descriptor, target);
        return this;
    }

    public Spawn GiveNothing(int target)
    {
        _ = Libc.AddOpen(actions, target, "/dev/null", 0, 0);
        return this;
    }

    public Spawn GiveLog(string path)
    {
        // rw-r-----: a service's log may hold what users said to it.
        _ = Libc.AddOpen(actions, 1, path, AppendOrCreate, 0b110_100_000);
        _ = Libc.AddDuplicate(actions, 1, 2);
        return this;
    }

    public Spawn In(string? workingDirectory)
    {
        if (workingDirectory is not null)
        {
            _ = Libc.AddChangeDirectory(actions, workingDirectory);
        }

        return this;
    }

    /// <summary>The new pid, or the errno that stopped it.</summary>
    public (int Pid, int Error) Start(string path, ProcessInvocation invocation)
    {
        using var arguments = new StringVector([invocation.Program, .. invocation.Arguments]);
        using var environment = new StringVector([.. invocation.Environment.Select(entry => $"{entry.Key}={entry.Value}")]);
        var error = Libc.PosixSpawn(out var pid, path, actions, attributes, arguments.Pointer, environment.Pointer);
        return (pid, error);
    }

    public void Dispose()
    {
        _ = Libc.DestroyActions(actions);
        _ = Libc.DestroyAttributes(attributes);
        NativeMemory.Free((void*)actions);
        NativeMemory.Free((void*)attributes);
    }
}
