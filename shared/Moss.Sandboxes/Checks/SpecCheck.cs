namespace Moss.Sandboxes.Checks;

/// <summary>Finds what no engine could run.</summary>
internal static class SpecCheck
{
    /// <summary>What is wrong and how to put it right; null when nothing is.</summary>
    public static string? Problem(SandboxSpec spec) =>
        Command(spec)
        ?? (IsAbsolute(spec.WorkingDirectory) || (spec.Image is not null && IsBelow(spec.WorkingDirectory)) ? null : $"workingDirectory: '{spec.WorkingDirectory}' is not an absolute path without '..'.")
        ?? spec.Environment.Where(IsBad).Select(entry =>
            $"environment: '{Shown(entry.Key)}' has an empty name, a name with '=', or a NUL character.").FirstOrDefault()
        ?? spec.Mounts.Where(mount => !IsAbsolute(mount.Target) || mount.Target == "/").Select(mount =>
            $"mounts: the target '{Shown(mount.Target)}' is not an absolute path without '..' below the root.").FirstOrDefault()
        ?? Limits(spec.Limits);

    private static string? Command(SandboxSpec spec) =>
        spec.Command.IsDefaultOrEmpty || spec.Command[0].Length == 0 ? "command: empty; name a program."
        : spec.Command.Any(HasNul) ? "command: an argument contains a NUL character, which no program can be given."
        : null;

    private static string? Limits(SandboxLimits limits) =>
        new (string Name, bool Good)[]
        {
            ("wallClock", limits.WallClock > TimeSpan.Zero),
            ("idle", limits.Idle is not { } idle || idle > TimeSpan.Zero),
            ("cpu", limits.Cpu > TimeSpan.Zero),
            ("memoryBytes", limits.MemoryBytes > 0),
            ("processes", limits.Processes > 0),
            ("openFiles", limits.OpenFiles > 0),
            ("fileBytes", limits.FileBytes >= 0),
            ("temporaryBytes", limits.TemporaryBytes > 0),
            ("outputBytes", limits.OutputBytes >= 0),
        }.Where(limit => !limit.Good).Select(limit => $"limits.{limit.Name}: must be more than nothing.").FirstOrDefault();

    private static bool IsAbsolute(string path) =>
        path.StartsWith('/') && !HasNul(path) && !path.Split('/').Any(part => part is ".." or ".");

    private static bool IsBelow(string path) => !path.StartsWith('/') && !HasNul(path) && !path.Split('/').Contains("..");

    private static bool IsBad(KeyValuePair<string, string> entry) =>
        entry.Key.Length == 0 || entry.Key.Contains('=', StringComparison.Ordinal) || HasNul(entry.Key) || HasNul(entry.Value);

    private static bool HasNul(string text) => text.Contains('\0', StringComparison.Ordinal);

    private static string Shown(string text) => text.Replace("\0", "\\0", StringComparison.Ordinal);
}
