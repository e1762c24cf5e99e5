using System.Buffers;

namespace Moss.Workspaces;

/// <summary>The rules of git for names of branches and tags, and Moss's own for the branches that it writes.</summary>
internal static class ReferenceName
{
    private const string OwnFolder = "moss/";
    private const string Movable = "moss/evolution";
    private static readonly SearchValues<char> Refused = SearchValues.Create(" ~^:?*[\\\u007f");

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= 200
        && !name.Any(char.IsControl)
        && !name.AsSpan().ContainsAny(Refused)
        && !name.StartsWith('-')
        && !name.EndsWith('.')
        && !name.Contains("..", StringComparison.Ordinal)
        && !name.Contains("@{", StringComparison.Ordinal)
        && name.Split('/').All(part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal));

    /// <summary>True for branches that belong to Moss.</summary>
    public static bool IsOwn(string branch) => branch.StartsWith(OwnFolder, StringComparison.Ordinal) && IsValid(branch);

    /// <summary>True for branches that one evolution owns and may move as it likes.</summary>
    public static bool MayMoveFreely(string branch) => branch.StartsWith(Movable, StringComparison.Ordinal);
}
