using System.Globalization;
using Moss.Sandboxes;

namespace Moss.Replays.Sandboxed;

/// <summary>Why a program failed, in a line for people.</summary>
public static class ExitReason
{
    /// <summary>The exit code or signal, and the last line on standard error.</summary>
    public static string Of(SandboxResult.Exited ended) => Name(ended.Code) + LastLine.After(": ", ended.Error);

    private static string Name(int code) => code switch
    {
        137 => "was killed (signal 9, often the memory limit)",
        139 => "crashed (signal 11)",
        > 128 and < 165 => string.Create(CultureInfo.InvariantCulture, $"was ended by signal {code - 128}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"exited with {code}"),
    };
}
