using System.Globalization;

namespace Moss.Cli.Commands;

/// <summary>Where a bench puts what it makes.</summary>
internal static class BenchFolder
{
    /// <summary>The folder that was named, or a new one below .moss.</summary>
    public static string Of(DirectoryInfo? named, string bench, TimeProvider clock) => named?.FullName
        ?? Path.GetFullPath(Path.Combine(".moss", string.Create(CultureInfo.InvariantCulture, $"{bench}-{clock.GetUtcNow():yyyyMMdd-HHmmss}")));
}
