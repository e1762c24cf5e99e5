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

    public void Add(Mutant step)
    {
        var earlier = Edits(step.Path).ToList();
        var carried = step.Edits.Select(e => CarryBack(e, earlier)).ToList();
        _tangled |= carried.Exists(e => e is null);
        _steps.Add((step, [.. carried.OfType<Edit>()]));
    }

    /// <summary>The tree with every step but one.</summary>
    public SourceTree Without(Mutant left) => _steps
        .Where(s => s.Step != left)
        .GroupBy(s => s.Step.Path)
        .Aggregate(start, (tree, file) => tree.With(file.Key, Edit.Apply(start.Text(file.Key), [.. file.SelectMany(s => s.AtStart)])));

    public void Drop(Mutant step) => _steps.RemoveAll(s => s.Step == step);

    private IEnumerable<Edit> Edits(string path) => _steps.Where(s => s.Step.Path == path).SelectMany(s => s.AtStart).OrderBy(e => e.Start).ThenBy(e => e.End);

    private static Edit? CarryBack(Edit edit, List<Edit> earlier) =>
        CarryBack(edit.Start, earlier) is { } start && CarryBack(edit.End, earlier) is { } end ? edit with { Start = start, End = end } : null;

    private static int? CarryBack(int position, List<Edit> earlier)
    {
        var grown = 0;
        foreach (var edit in earlier)
        {
            var from = edit.Start + grown;
            if (position < from)
            {
                break;
            }

            if (position < from + edit.Text.Length || (position == from && edit.Text.Length == 0 && edit.End > edit.Start))
            {
                return null;
            }

            grown += edit.Growth;
        }

        return position - grown;
    }
}
