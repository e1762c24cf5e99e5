using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>
/// Which symbolic links of a tree lead out of it. Links are followed through each other as the kernel does, since a link that
/// looks harmless by its text may climb out over another one.
/// </summary>
internal static class EscapingLinks
{
    private const int MostHops = 40;

    /// <param name="links">Path of each link in the tree, with forward slashes, and its target as it stands there.</param>
    /// <returns>The paths of those that leave the tree, directly or over another link, or that lead in a circle.</returns>
    public static ImmutableArray<string> Among(IReadOnlyDictionary<string, string> links) =>
        [.. links.Keys.Where(link => !StaysInside(link, links)).Order(StringComparer.Ordinal)];

    private static bool StaysInside(string link, IReadOnlyDictionary<string, string> links)
    {
        var reached = new List<string>();
        var ahead = new Stack<string>();
        Push(ahead, link);
        var hops = 0;
        while (ahead.TryPop(out var part))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case ".." when reached.Count == 0:
                    return false;
                case "..":
                    reached.RemoveAt(reached.Count - 1);
                    break;
                default:
                    reached.Add(part);
                    if (links.TryGetValue(string.Join('/', reached), out var target))
                    {
                        if (target.StartsWith('/') || ++hops > MostHops)
                        {
                            return false;
                        }

                        reached.RemoveAt(reached.Count - 1);
                        Push(ahead, target);
                    }

                    break;
            }
        }

        return true;
    }

    private static void Push(Stack<string> ahead, string path)
    {
        foreach (var part in path.Split('/').Reverse())
        {
            ahead.Push(part);
        }
    }
}
