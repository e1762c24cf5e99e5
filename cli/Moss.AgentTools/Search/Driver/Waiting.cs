namespace Moss.AgentTools.Search.Driver;

/// <summary>
/// The mutants that wait for one failing scenario, likely ones first. One that was tried in vain on another scenario has its turn
/// later: that one may not have had the defect, but what no scenario has tried is worth more.
/// </summary>
internal sealed class Waiting
{
    private const double ForTriedElsewhere = 1;

    private readonly PriorityQueue<RankedMutant, (double Rank, int Place)> _queue;
    private readonly HashSet<Mutant> _tried;
    private readonly HashSet<Mutant> _later = new(ReferenceEqualityComparer.Instance);
    private int _place;

    /// <param name="mutants">In any order.</param>
    /// <param name="tried">In vain, on any scenario of this tree; it grows.</param>
    public Waiting(IEnumerable<RankedMutant> mutants, HashSet<Mutant> tried)
    {
        _queue = new(mutants.Select(m => (m, (m.Rank, _place++))));
        _tried = tried;
    }

    public int Count => _queue.Count;

    public bool TryNext(out RankedMutant next)
    {
        while (_queue.TryDequeue(out next!, out var at))
        {
            if (!_tried.Contains(next.Mutant) || !_later.Add(next.Mutant))
            {
                return true;
            }

            _queue.Enqueue(next, (at.Rank + ForTriedElsewhere, _place++));
        }

        return false;
    }
}
