using System.Collections.Frozen;

namespace Moss.Workspaces;

/// <summary>What tools leave in a work tree by running there. New files of these kinds are never part of a change.</summary>
internal static class Leftovers
{
    private static readonly FrozenSet<string> Folders = FrozenSet.Create(
        StringComparer.Ordinal,
        "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".tox", ".venv", ".hypothesis", ".ipynb_checkpoints", ".eggs",
        "node_modules", ".gradle", ".idea", ".vs", ".vscode", ".cache", ".nyc_output");

    private static readonly FrozenSet<string> Files = FrozenSet.Create(StringComparer.Ordinal, ".DS_Store", "Thumbs.db", ".coverage");

    private static readonly string[] Endings = [".pyc", ".pyo", ".orig", ".rej", ".swp", ".swo", "~"];

    /// <param name="path">Relative, with forward slashes.</param>
    public static bool Include(string path)
    {
        var parts = path.Split('/');
        return parts[..^1].Any(Folders.Contains)
            || Files.Contains(parts[^1])
            || Endings.Any(ending => parts[^1].EndsWith(ending, StringComparison.Ordinal));
    }
}
