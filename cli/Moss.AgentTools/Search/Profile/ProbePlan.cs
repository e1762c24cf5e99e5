namespace Moss.AgentTools.Search.Profile;

/// <summary>Which expressions are to be computed where, for some mutants.</summary>
internal sealed class ProbePlan
{
    private readonly Dictionary<string, Dictionary<int, Dictionary<string, int>>> _places = new(StringComparer.Ordinal);

    /// <summary>Characters of all expressions.</summary>
    public int Size { get; private set; }

    /// <param name="mutants">Likely ones first.</param>
    /// <param name="largest">No more than so many characters; what comes later is left out.</param>
    public static ProbePlan Of(IEnumerable<Mutant> mutants, int largest)
    {
        var plan = new ProbePlan();
        foreach (var mutant in mutants.TakeWhile(_ => plan.Size < largest))
        {
            if (mutant.Observed is { } observed)
            {
                plan.Add(mutant.Path, observed.At, observed.Before);
                plan.Add(mutant.Path, observed.At, observed.After);
            }
        }

        return plan;
    }

    public IEnumerable<string> Paths => _places.Keys;

    public IReadOnlyDictionary<int, IReadOnlyList<string>> In(string path) =>
        _places[path].ToDictionary(p => p.Key, p => (IReadOnlyList<string>)[.. p.Value.Keys]);

    public int ClassOf(string path, int at, string? expression, IReadOnlyList<int> row) =>
        expression is not null && _places.TryGetValue(path, out var places) && places.TryGetValue(at, out var known)
            && known.TryGetValue(expression, out var index) && index < row.Count
            ? row[index]
            : ValueClass.Unknown;

    private void Add(string path, int at, string? expression)
    {
        if (expression is null)
        {
            return;
        }

        if (!_places.TryGetValue(path, out var places))
        {
            _places[path] = places = [];
        }

        if (!places.TryGetValue(at, out var known))
        {
            places[at] = known = new Dictionary<string, int>(StringComparer.Ordinal);
        }

        if (known.TryAdd(expression, known.Count))
        {
            Size += expression.Length + 8;
        }
    }
}
