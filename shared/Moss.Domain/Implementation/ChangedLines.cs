using System.Collections.Immutable;

namespace Moss.Domain.Implementation;

/// <summary>The lines of a change that can be seen to run.</summary>
/// <param name="ByPath">By path, in ordinal order: numbers, from 1, of the lines that come in, in the new file.</param>
/// <param name="All">
/// False when the change is more than these lines: another kind of file, or a place at which lines only go. Then a line of it that runs
/// shows that the change fires, but lines that nothing runs do not show that it does not.
/// </param>
public sealed record ChangedLines(ImmutableSortedDictionary<string, ImmutableArray<int>> ByPath, bool All)
{
    /// <summary>The lines of a patch.</summary>
    /// <param name="patch">git's unified diff.</param>
    /// <param name="collected">True for a path whose lines are collected when they run.</param>
    public static ChangedLines Of(string patch, Func<string, bool> collected)
    {
        var entries = Patch.Entries(patch);
        return new(
            entries.Where(entry => entry.AddedAt.Count > 0 && collected(entry.Path))
                .GroupBy(entry => entry.Path, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(file => file.Key, file => file.SelectMany(entry => entry.AddedAt).Order().ToImmutableArray(), StringComparer.Ordinal),
            !entries.Any(entry => entry.OnlyRemoves || !collected(entry.Path)));
    }
}
