using System.Collections.Immutable;

namespace Moss.Domain.Implementation;

/// <summary>The lines that a change consists of, where its lines are all that it consists of.</summary>
public static class ChangedLines
{
    /// <summary>
    /// By path, in ordinal order: numbers, from 1, of the lines that come in, in the new file. Nothing when part of the change cannot be
    /// seen to run: another kind of file, or a place at which lines only go.
    /// </summary>
    /// <param name="patch">git's unified diff.</param>
    /// <param name="collected">True for a path whose lines are collected when they run.</param>
    public static ImmutableSortedDictionary<string, ImmutableArray<int>> Of(string patch, Func<string, bool> collected)
    {
        var entries = Patch.Entries(patch);
        return entries.Any(entry => entry.OnlyRemoves || !collected(entry.Path))
            ? ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty
            : entries.Where(entry => entry.AddedAt.Count > 0)
                .GroupBy(entry => entry.Path, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(file => file.Key, file => file.SelectMany(entry => entry.AddedAt).Order().ToImmutableArray(), StringComparer.Ordinal);
    }
}
