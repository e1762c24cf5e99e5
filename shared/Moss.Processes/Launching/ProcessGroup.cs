using System.Runtime.InteropServices;
using Moss.Processes.Native;

namespace Moss.Processes.Launching;

/// <summary>Waits for the end of a group whose leader is already collected.</summary>
internal static class ProcessGroup
{
    /// <summary>How often to look: nothing tells of the end of a process that is not one's child.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public static async Task<bool> GoneWithinAsync(int group, TimeSpan wait, TimeProvider time)
    {
        var began = time.GetTimestamp();
        while (Exists(group))
        {
            if (time.GetElapsedTime(began) >= wait)
            {
                return false;
            }

            await Task.Delay(Look, time, CancellationToken.None);
        }

        return true;
    }

    /// <summary>The quick question counts remains that a parent has yet to collect; only when it says yes is /proc read.</summary>
    public static bool Exists(int group) =>
        (Libc.Kill(-group, 0) == 0 || Marshal.GetLastPInvokeError() != Libc.NoSuchProcess) && ProcessTable.HasGroup(group);
}
