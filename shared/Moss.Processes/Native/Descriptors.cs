using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Moss.Processes.Native;

/// <summary>Pipes and pid descriptors; every one is close-on-exec from its first moment, so that no other child inherits it.</summary>
internal static unsafe class Descriptors
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int SetDescriptorFlags = 2;
    private const int SetStatusFlags = 4;
    private const int DuplicateCloseOnExec = 1030;
    private const int FirstFree = 10;
    private const int PidOpen = 434;

    /// <summary>
    /// A pipe whose end on our side never blocks; the other end is left as programs expect it. Both are numbered from 10 up,
    /// so that giving one to a child as its 0 to 4 cannot cover another one that is still to be given.
    /// </summary>
    public static (int Read, int Write) Pipe(bool weRead)
    {
        var ends = stackalloc int[2];
        Check(Libc.Pipe(ends, CloseOnExec), "pipe2");
        ends[0] = Lift(ends[0]);
        ends[1] = Lift(ends[1]);
        Check(Libc.Control(weRead ? ends[0] : ends[1], SetStatusFlags, NonBlocking), "fcntl");
        return (ends[0], ends[1]);
    }

    /// <summary>A descriptor that becomes readable when the process has ended; null when there is no such process.</summary>
    public static int? OpenPid(int pid)
    {
        var descriptor = (int)Libc.SystemCall(PidOpen, pid, 0);
        if (descriptor >= 0)
        {
            return descriptor;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Libc.NoSuchProcess ? null : throw new Win32Exception(error, $"pidfd_open: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>
    /// Marks what Moss itself inherited from its own parent, so that no child sees it: a pipe left open by a shell or a
    /// supervisor would be a hole in every sandbox.
    /// </summary>
    public static void KeepInheritedFromChildren()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries("/proc/self/fd"))
        {
            var descriptor = int.Parse(Path.GetFileName(entry), CultureInfo.InvariantCulture);
            if (descriptor > 2)
            {
                _ = Libc.Control(descriptor, SetDescriptorFlags, 1);
            }
        }
    }

    private static int Lift(int descriptor)
    {
        if (descriptor >= FirstFree)
        {
            return descriptor;
        }

        var lifted = Libc.Control(descriptor, DuplicateCloseOnExec, FirstFree);
        Check(lifted, "fcntl");
        _ = Libc.Close(descriptor);
        return lifted;
    }

    private static void Check(int result, string call)
    {
        if (result < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new Win32Exception(error, $"{call}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }
}
