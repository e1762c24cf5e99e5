using System.Runtime.InteropServices;
using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>Gets the launcher's thread out of its wait.</summary>
internal sealed unsafe class WakeUp : IPolled
{
    private readonly int write;
    private int pending;

    public WakeUp() => (Descriptor, write) = Descriptors.Pipe(weRead: true);

    public int Descriptor { get; }

    public PollInterest Interest => PollInterest.Readable;

    public void Ring()
    {
        if (Interlocked.Exchange(ref pending, 1) == 0)
        {
            byte one = 1;
            while (Libc.Write(write, &one, 1) < 0 && Marshal.GetLastPInvokeError() == Libc.Interrupted)
            {
            }
        }
    }

    public bool Progress()
    {
        // Read first: what is queued after the flag falls rings again.
        byte ignored;
        _ = Libc.Read(Descriptor, &ignored, 1);
        Volatile.Write(ref pending, 0);
        return true;
    }

    public void Close()
    {
        _ = Libc.Close(Descriptor);
        _ = Libc.Close(write);
    }
}
