using System.Collections.Immutable;
using System.Globalization;

namespace Moss.Sandboxes.Ceilings;

/// <summary>The limits of one run as arguments of util-linux' prlimit, which runs inside and then becomes the command.</summary>
internal static class ResourceLimits
{
    public const string Program = "/usr/bin/prlimit";

    /// <summary>bubblewrap itself outside, and the first process of the sandbox, which collects the dead.</summary>
    private const int Supervisors = 2;

    /// <summary>
    /// Runtimes reserve far more address space than they ever use, so address space alone would stop honest programs; but
    /// memory that is shared between processes counts nowhere else.
    /// </summary>
    private const int AddressSpacePerMemory = 4;

    /// <summary>The ceiling on processes for a control group, which counts bubblewrap's own two as well.</summary>
    public static int WithSupervisors(SandboxLimits limits) => limits.Processes + Supervisors;

    /// <summary>Program and arguments to put before the command.</summary>
    /// <param name="limits">What the run may use.</param>
    /// <param name="wholeIsBound">True when a control group bounds memory and processes; otherwise each process is bounded.</param>
    public static ImmutableArray<string> Prefix(SandboxLimits limits, bool wholeIsBound)
    {
        var cpu = Math.Max(1, (long)Math.Ceiling(limits.Cpu.TotalSeconds));
        ImmutableArray<string> each =
        [
            Program,
            "--core=0",
            // At the first the program may still say goodbye, a second later it is killed.
            Text($"--cpu={cpu}:{cpu + 1}"),
            Text($"--nofile={limits.OpenFiles}"),
            Text($"--fsize={limits.FileBytes}"),
        ];

        // The kernel counts NPROC in each user namespace apart, so the sandbox's own first process counts and nothing else.
        return wholeIsBound
            ? [.. each, "--"]
            :
            [
                .. each,
                Text($"--nproc={limits.Processes + 1}"),
                Text($"--data={limits.MemoryBytes}"),
                Text($"--as={limits.MemoryBytes * AddressSpacePerMemory}"),
                "--",
            ];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
