using System.Runtime.InteropServices;
using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>What the launcher's thread waits on.</summary>
internal sealed unsafe class PollSet
{
    // Unlike its .NET cousins, poll reports end and error whether asked or not: every returned bit means "look".
    private readonly List<IPolled> members = [];
    private PollEntry[] entries = new PollEntry[16];

    public void Add(IPolled member) => members.Add(member);

    /// <summary>Takes a member out and closes it; nothing happens when it is out already.</summary>
    public void Remove(IPolled member)
    {
        if (members.Remove(member))
        {
            member.Close();
        }
    }

    /// <summary>Waits until something is ready and lets each that is ready make progress.</summary>
    public void Turn()
    {
        var waiting = members.ToArray();
        if (entries.Length < waiting.Length)
        {
            entries = new PollEntry[waiting.Length * 2];
        }

        for (var at = 0; at < waiting.Length; at++)
        {
            entries[at] = new PollEntry { Descriptor = waiting[at].Descriptor, Interest = (short)waiting[at].Interest };
        }

        fixed (PollEntry* first = entries)
        {
            if (Libc.Poll(first, (nuint)waiting.Length, -1) < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error != Libc.Interrupted)
                {
                    throw new System.ComponentModel.Win32Exception(error);
                }

                return;
            }
        }

        for (var at = 0; at < waiting.Length; at++)
        {
            if (entries[at].Ready != 0 && !waiting[at].Progress())
            {
                Remove(waiting[at]);
            }
        }
    }
}
