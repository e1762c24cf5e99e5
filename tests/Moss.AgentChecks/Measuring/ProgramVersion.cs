using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Moss.Processes;
using Moss.Testing;

namespace Moss.AgentChecks.Measuring;

/// <summary>What the program of an agent says of its version.</summary>
internal static partial class ProgramVersion
{
    /// <summary>Of an agent without a program of its own.</summary>
    public const string PartOfMoss = "part of Moss";

    /// <summary>The version; null when it says none.</summary>
    /// <param name="name">Of the program.</param>
    /// <param name="folders">Where it is; empty for a part of Moss.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    public static async Task<string?> OfAsync(string name, ImmutableArray<string> folders, CancellationToken cancellationToken)
    {
        if (folders.IsEmpty)
        {
            return PartOfMoss;
        }

        using var home = new TemporaryFolder();
        var path = string.Join(':', [.. folders, "/usr/local/bin", "/usr/bin", "/bin"]);
        var result = await new ProcessRunner(ProcessLauncher.Shared, TimeProvider.System).RunAsync(
            new(ProgramPath.Find(name, path) ?? name, ["--version"])
            {
                WorkingDirectory = home.Path, Timeout = TimeSpan.FromMinutes(1),
                Environment = ImmutableSortedDictionary<string, string>.Empty.Add("PATH", path).Add("HOME", home.Path).Add("TMPDIR", home.Path),
            },
            cancellationToken);
        return Number().Match($"{result.Output}\n{result.Error}") is { Success: true } found ? found.Value : null;
    }

    [GeneratedRegex(@"\d+\.\d+\.\d+[\w.+-]*")]
    private static partial Regex Number();
}
