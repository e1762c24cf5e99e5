using System.Globalization;

namespace Moss.Containers.Sandboxing;

/// <summary>Who the programs of a run are, to the kernel.</summary>
/// <param name="User">Number of the user; never root's.</param>
/// <param name="Group">Number of the group.</param>
/// <param name="IsMoss">Whether that is also who Moss is, so that both may do the same with every file.</param>
internal sealed record SandboxUser(int User, int Group, bool IsMoss)
{
    private const int Ordinary = 1000;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{User}:{Group}");

    /// <summary>
    /// The user that Moss is, so that each can read what the other wrote; where Moss is root, an ordinary one.
    /// </summary>
    public static SandboxUser Choose() => Choose(File.ReadLines("/proc/self/status"));

    /// <param name="status">The lines of /proc/self/status.</param>
    public static SandboxUser Choose(IEnumerable<string> status)
    {
        var lines = status.ToList();
        var user = Effective(lines, "Uid:");
        return user == 0 ? new(Ordinary, Ordinary, IsMoss: false) : new(user, Effective(lines, "Gid:"), IsMoss: true);
    }

    // Uid: real effective saved file-system
    private static int Effective(List<string> lines, string field) =>
        int.Parse(lines.First(line => line.StartsWith(field, StringComparison.Ordinal)).Split('\t')[2], CultureInfo.InvariantCulture);
}
