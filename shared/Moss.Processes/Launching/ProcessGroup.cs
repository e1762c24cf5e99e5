using System.Runtime.InteropServices;
using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>Waits for the end of a group whose leader is already collected: nothing tells of the end of a process that is not one's child.</summary>
internal static class ProcessGroup
{
    /// <summary>Killed processes are gone in a moment; it is seldom that one has to look at what is left.</summary>
    private const int QuickLooks = 10;

    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(10);

    public static async Task<bool> GoneWithinAsync(int group, TimeSpan wait, TimeProvider time)
    {
        var began = time.GetTimestamp();
        for (var look = 0; look < QuickLooks ? HasMembers(group) : Exists(group); look++)
        {
            if (time.GetElapsedTime(began) >= wait)
            {
                return false;
            }

            await Task.Delay(look < QuickLooks ? Quick : Slow, time, CancellationToken.None);
        }

        return true;
    }

    /// <summary>Whether anything of the group runs; remains that a parent has yet to collect do not count.</summary>
    public static bool Exists(int group) => HasMembers(group) && ProcessTable.HasGroup(group);

    private static bool HasMembers(int group) => Libc.Kill(-group, 0) == 0 || Marshal.GetLastPInvokeError() != Libc.NoSuchProcess;
}
