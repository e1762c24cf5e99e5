using System.Globalization;
using Moss.Processes;

namespace Moss.Sandboxes.Ceilings;

/// <summary>The name of a run's control group says which Moss made it, so that another one can tell whether it still lives.</summary>
internal static class ControlGroupName
{
    private const string Prefix = "moss-run-";
    private static long last;

    public static string Next() =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Interlocked.Increment(ref last)}-{ProcessTable.Self}");

    /// <summary>Who made the group; null when it is not one of a run.</summary>
    public static ProcessIdentity? Owner(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.Split('-', 4) is [_, _, _, var owner] ? ProcessIdentity.Parse(owner) : null;
}
