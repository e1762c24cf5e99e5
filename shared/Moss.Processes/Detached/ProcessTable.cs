using System.Globalization;
using System.Text;
using Moss.Processes.Native;

namespace Moss.Processes;

/// <summary>What /proc says about the processes of this machine.</summary>
public static class ProcessTable
{
    private const char Zombie = 'Z';
    private const char Dead = 'X';

    /// <summary>The parent of the kernel's own threads.</summary>
    private const string KernelThreads = "2";

    private const int KernelThreadsPid = 2;

    // Places of endcode, env_start and env_end among the fields after the name: proc(5) counts them 27, 50 and 51, the state being 3.
    private const int CodeEnd = 24;
    private const int EnvironmentStart = 47;
    private const int EnvironmentEnd = 48;

    private const int UsualEnvironment = 32 * 1024;

    /// <summary>About two seconds of a process that does not get any processor.</summary>
    private const int MostLooks = 2000;

    private static readonly Lazy<string> Boot = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    private static readonly Lazy<ProcessIdentity> Me = new(() => Identify(Environment.ProcessId)!);

    /// <summary>This very process.</summary>
    public static ProcessIdentity Self => Me.Value;

    /// <summary>Who has this pid now; null when nobody does, or only the remains of a process that has ended.</summary>
    public static ProcessIdentity? Identify(int pid) =>
        ReadStat(pid) is ({ } state, { } ticks) && state is not (Zombie or Dead) ? new(pid, ticks, Boot.Value) : null;

    /// <summary>Whether exactly this process runs.</summary>
    public static bool IsAlive(ProcessIdentity identity) => Identify(identity.Pid) == identity;

    /// <summary>Kills one process without farewell; nothing happens when there is none, or it is not ours to kill.</summary>
    public static void Kill(int pid) => _ = pid > 0 ? Libc.Kill(pid, (int)StopSignal.Kill) : 0;

    /// <summary>
    /// Every running process that was started with this variable in its environment. It finds a process whose pid was never
    /// written down, because Moss was killed right after starting it. Processes of other users are not seen.
    /// </summary>
    public static IReadOnlyList<ProcessIdentity> StartedWith(string variable, string value)
    {
        var wanted = Encoding.UTF8.GetBytes($"{variable}={value}");
        return [.. Pids().Where(pid => HasVariable(pid, wanted)).Select(Identify).OfType<ProcessIdentity>()];
    }

    /// <summary>Whether any running process belongs to the group of this number; remains of ended ones do not count.</summary>
    internal static bool HasGroup(int group) =>
        Pids().Any(pid => ReadFields(pid) is [[not (Zombie or Dead)], _, var member, ..] && member == group.ToString(CultureInfo.InvariantCulture));

    internal static (char? State, long? StartTicks) ReadStat(int pid) => ParseStat(ReadFields(pid));

    /// <summary>The fields after the name, which may hold anything, also spaces and parentheses: they are counted from its last one.</summary>
    internal static string[] Fields(string stat) => stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);

    internal static (char? State, long? StartTicks) ParseStat(string[] fields) =>
        fields.Length > 19 && long.TryParse(fields[19], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? (fields[0][0], ticks)
            : (null, null);

    private static string[] ReadFields(int pid)
    {
        try
        {
            return Fields(File.ReadAllText($"/proc/{pid}/stat"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static IEnumerable<int> Pids() =>
        Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0);

    private static bool HasVariable(int pid, byte[] wanted)
    {
        try
        {
            var environment = ReadEnvironment(pid).AsSpan();
            foreach (var range in environment.Split((byte)0))
            {
                if (environment[range].SequenceEqual(wanted))
                {
                    return true;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or it is not ours to look at.
        }

        return false;
    }

    /// <summary>
    /// In the instant in which a process becomes another program (execve) its environment reads as empty; the kernel sets the places
    /// of the environment first, both to one value, and the end of the code when it is done. Only before that, or when it changed
    /// between the two looks, is it worth another look: the kernel's own threads never have one.
    /// </summary>
    private static byte[] ReadEnvironment(int pid)
    {
        var environment = ReadWhole($"/proc/{pid}/environ");
        var wait = default(SpinWait);
        while (environment.Length == 0 && wait.Count < MostLooks && MayHaveEnvironment(pid))
        {
            wait.SpinOnce();
            environment = ReadWhole($"/proc/{pid}/environ");
        }

        return environment;
    }

    /// <summary>In one call, which the kernel answers from one program: what is read in parts ends where the program does.</summary>
    private static byte[] ReadWhole(string path)
    {
        using var file = File.OpenHandle(path);
        for (var size = UsualEnvironment; ; size *= 4)
        {
            var content = new byte[size];
            var read = RandomAccess.Read(file, content, fileOffset: 0);
            if (read < size)
            {
                return content[..read];
            }
        }
    }

    private static bool MayHaveEnvironment(int pid) =>
        pid != KernelThreadsPid && ReadFields(pid) is { Length: > EnvironmentEnd } fields && fields is [[not (Zombie or Dead)], not KernelThreads, ..]
        && (fields[CodeEnd] == "0" || fields[EnvironmentStart] != fields[EnvironmentEnd]);
}
