namespace Moss.Processes.Native;

/// <summary>What the kernel says about the end of a child.</summary>
internal static unsafe class ExitStatus
{
    private const int OfPid = 1;
    private const int Exited = 4;
    private const int NoHang = 1;
    private const int LeaveZombie = 0x1000000;
    private const int InformationSize = 128;

    // siginfo_t on 64-bit Linux: si_code at 8, si_status at 24.
    private const int CodeOffset = 8;
    private const int StatusOffset = 24;
    private const int ByItself = 1;

    /// <summary>
    /// The exit code (128 + signal when killed) of a child that has ended, without reaping it: its pid, and with it the
    /// name of its group, stays reserved until <see cref="Reap"/>. Null while it runs.
    /// </summary>
    public static int? Peek(int pid)
    {
        var information = stackalloc byte[InformationSize];
        new Span<byte>(information, InformationSize).Clear();
        if (Libc.WaitId(OfPid, pid, information, Exited | NoHang | LeaveZombie) != 0)
        {
            return -1;
        }

        var code = *(int*)(information + CodeOffset);
        var status = *(int*)(information + StatusOffset);
        return code == 0 ? null : code == ByItself ? status : 128 + status;
    }

    public static void Reap(int pid) => _ = Libc.WaitPid(pid, out _, NoHang);
}
