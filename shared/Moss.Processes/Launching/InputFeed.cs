using System.Runtime.InteropServices;
using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>Writes the standard input of a child as fast as it reads; a child that does not want it is no error.</summary>
internal sealed unsafe class InputFeed(int descriptor, ReadOnlyMemory<byte> content) : IPolled
{
    private int written;

    public int Descriptor => descriptor;

    public PollInterest Interest => PollInterest.Writable;

    public bool Progress()
    {
        var rest = content.Span[written..];
        nint count;
        fixed (byte* start = rest)
        {
            count = Libc.Write(descriptor, start, rest.Length);
        }

        if (count < 0)
        {
            return Marshal.GetLastPInvokeError() is Libc.WouldBlock or Libc.Interrupted;
        }

        written += (int)count;
        return written < content.Length;
    }

    public void Close() => _ = Libc.Close(descriptor);
}
