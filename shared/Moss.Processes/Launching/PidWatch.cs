using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>Becomes ready when a process has ended.</summary>
internal sealed class PidWatch(int descriptor, Action ended) : IPolled
{
    public int Descriptor => descriptor;

    public PollInterest Interest => PollInterest.Readable;

    public bool Progress() => false;

    public void Close()
    {
        _ = Libc.Close(descriptor);
        ended();
    }
}
