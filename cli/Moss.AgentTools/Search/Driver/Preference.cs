namespace Moss.AgentTools.Search.Driver;

/// <summary>
/// Which of several repairs that make the whole batch pass is likeliest to be right elsewhere: the usual slip before the
/// guess, the small edit before the large one, never one that was proposed already.
/// </summary>
internal sealed class Preference(IReadOnlyCollection<SourceTree> proposed)
{
    private const double PerCharacter = 0.008;
    private const double ForRemoval = 0.5;
    private const double ForKnownPlace = 0.7;

    public bool WasProposed(SourceTree tree) => proposed.Any(tree.SameAs);

    public IEnumerable<Helpful> Order(IEnumerable<Helpful> repairs) => repairs
        .Where(r => !WasProposed(r.Ranked.Tree))
        .OrderBy(r => Penalty(r.Ranked));

    public double Penalty(RankedMutant ranked)
    {
        var edits = ranked.Mutant.Edits;
        var size = edits.Sum(e => e.Text.Length + (e.End - e.Start));
        var removes = edits.Sum(e => e.Growth) < 0 && ranked.Mutant.Template is "remove" ? ForRemoval : 0;
        return ranked.Rank + size * PerCharacter + removes + ForKnownPlace * proposed.Count(p => ChangesLine(p, ranked.Mutant));
    }

    /// <summary>An earlier candidate changed the same line, and it was not the answer.</summary>
    private static bool ChangesLine(SourceTree earlier, Mutant mutant)
    {
        if (!earlier.Overlay.TryGetValue(mutant.Path, out var changed))
        {
            return false;
        }

        var (before, after) = (earlier.Original(mutant.Path).Split('\n'), changed.Split('\n'));
        var same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return same + 1 >= mutant.FirstLine && same + 1 <= mutant.LastLine;
    }
}
