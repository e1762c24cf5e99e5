using System.Globalization;

namespace Moss.Processes;

/// <summary>
/// One process, told apart from every other that has or will have its number: pids are used again, a start time within one
/// boot of the machine is not.
/// </summary>
/// <param name="Pid">The number, which is also the number of the group and session it leads.</param>
/// <param name="StartTicks">Clock ticks from boot to its start, as /proc/[pid]/stat says.</param>
/// <param name="Boot">The kernel's name for the running boot.</param>
public sealed record ProcessIdentity(int Pid, long StartTicks, string Boot)
{
    /// <summary>One word for files and logs; <see cref="Parse"/> reads it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Pid}.{StartTicks}.{Boot}");

    /// <summary>Reads what <see cref="ToString"/> wrote; null when it did not.</summary>
    public static ProcessIdentity? Parse(string text) =>
        text.Split('.', 3) is [var pid, var ticks, { Length: > 0 } boot]
        && int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            ? new(number, start, boot)
            : null;
}
