using System.Security.Cryptography;
using System.Text;

namespace Moss.Workspaces;

/// <summary>The files of one lease. Only <see cref="Tree"/> is shown to an agent; the rest is out of its reach.</summary>
internal sealed record LeaseFolder(string Root)
{
    private const int LongestName = 150;

    /// <summary>The work tree.</summary>
    public string Tree => Path.Combine(Root, "tree");

    /// <summary>The index of the start, without file times: every file is compared by content.</summary>
    public string Index => Path.Combine(Root, "index");

    /// <summary>The start's <c>.gitignore</c> files and nothing else.</summary>
    public string Ignores => Path.Combine(Root, "ignores");

    /// <summary>Objects of looks that were never committed; they go with the lease.</summary>
    public string Objects => Path.Combine(Root, "objects");

    public static LeaseFolder Of(WorkspaceSettings settings, string name) => new(Path.Combine(settings.Worktrees, FolderName(name)));

    /// <summary>The name itself when it is a safe file name, else written with %XX; long ones end in a hash.</summary>
    public static string FolderName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var safe = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(name).Select(value => (char)value))
        {
            var plain = char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' || (letter == '.' && safe.Length > 0);
            safe.Append(plain ? letter : $"%{(int)letter:x2}");
        }

        return safe.Length <= LongestName
            ? safe.ToString()
            : $"{safe.ToString(0, LongestName / 2)}%{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
    }
}
