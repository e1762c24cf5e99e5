using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Driver;

/// <summary>
/// Steps that were taken one after the other, so that one can be left out again: each step's edits are carried back to the
/// text at the start.
/// </summary>
internal sealed class History(SourceTree start)
{
    private readonly List<(Mutant Step, ImmutableArray<Edit> AtStart)> _steps = [];
    private bool _tangled;

    public ImmutableArray<Mutant> Steps => [.. _steps.Select(s => s.Step)];

    /// <summary>Some step changes what another one wrote, so that none can be left out alone.</summary>
    public bool IsTangled => _tangled;

    /// <param name="step">The change.</param>
    /// <param name="after">What it made of the tree.</param>
    public void Add(Mutant step, SourceTree after)
    {
        var earlier = Edits(step.Path).ToList();
        var carried = step.Edits.Select(e => CarryBack(e, earlier)).ToList();
        var lost = carried.Exists(e => e is not { } edit || earlier.Exists(edit.Overlaps));
        _steps.Add((step, [.. carried.OfType<Edit>()]));
        _tangled = _tangled || lost || Apply(step.Path, _steps) != after.Text(step.Path);
    }

    /// <summary>The tree with every step but one.</summary>
    public SourceTree Without(Mutant left)
    {
        var kept = _steps.Where(s => s.Step != left).ToList();
        return kept.Select(s => s.Step.Path).Distinct(StringComparer.Ordinal)
            .Aggregate(start, (tree, path) => tree.With(path, Apply(path, kept)));
    }

    public void Drop(Mutant step) => _steps.RemoveAll(s => s.Step == step);

    private IEnumerable<Edit> Edits(string path) => _steps.Where(s => s.Step.Path == path).SelectMany(s => s.AtStart).OrderBy(e => e.Start).ThenBy(e => e.End);

    private string Apply(string path, IEnumerable<(Mutant Step, ImmutableArray<Edit> AtStart)> steps) =>
        Edit.Apply(start.Text(path), [.. steps.Where(s => s.Step.Path == path).SelectMany(s => s.AtStart)]);

    private static Edit? CarryBack(Edit edit, List<Edit> earlier) =>
        CarryBack(edit.Start, earlier) is { } start && CarryBack(edit.End, earlier) is { } end ? edit with { Start = start, End = end } : null;

    private static int? CarryBack(int position, List<Edit> earlier)
    {
        var grown = 0;
        foreach (var edit in earlier)
        {
            var from = edit.Start + grown;
            if (position < from || (position == from && edit.Start < edit.End))
            {
                break;
            }

            if (position < from + edit.Text.Length)
            {
                return null;
            }

            grown += edit.Growth;
        }

        return position - grown;
    }
}
