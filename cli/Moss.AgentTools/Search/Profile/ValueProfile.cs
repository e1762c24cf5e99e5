namespace Moss.AgentTools.Search.Profile;

/// <summary>Classes of the values that one scenario told, by file and offset.</summary>
internal sealed class ToldValues(ProbePlan plan, IReadOnlyDictionary<(string Path, int At), IReadOnlyList<int>> classes)
{
    /// <summary>Of what is there and of what the mutant would put there; both unknown where the scenario does not come by.</summary>
    public (int Before, int After) Of(Mutant mutant, Observation observed) =>
        classes.TryGetValue((mutant.Path, observed.At), out var row)
            ? (plan.ClassOf(mutant.Path, observed.At, observed.Before, row), plan.ClassOf(mutant.Path, observed.At, observed.After, row))
            : (ValueClass.Unknown, ValueClass.Unknown);
}

/// <summary>
/// How much later a mutant should be tried on a scenario, because of what the values there say: that it changes nothing, that
/// it fails at once, that it does what a likelier one does, or that it changes what scenarios do that pass.
/// </summary>
internal sealed class ValueProfile
{
    private const double ForNoEffect = 3;
    private const double ForError = 2;
    private const double ForTwin = 1.5;
    private const double ForDisturbing = 1.2;

    private readonly Dictionary<Mutant, double> _delays = new(ReferenceEqualityComparer.Instance);

    public static ValueProfile Empty { get; } = new();

    /// <param name="mutants">Likely ones first.</param>
    /// <param name="target">Told by the failing scenario.</param>
    /// <param name="passing">Told by scenarios that pass.</param>
    public static ValueProfile Of(IEnumerable<Mutant> mutants, ToldValues target, IReadOnlyCollection<ToldValues> passing)
    {
        var profile = new ValueProfile();
        var seen = new HashSet<(string, int, string, int)>();
        foreach (var mutant in mutants)
        {
            if (mutant.Observed is not { } observed)
            {
                continue;
            }

            var (before, after) = target.Of(mutant, observed);
            var delay = after == ValueClass.Unknown ? 0
                : after == ValueClass.Error ? (before == ValueClass.Error ? 0 : ForError)
                : after == before ? ForNoEffect
                : seen.Add((mutant.Path, observed.At, observed.Group, after)) ? 0
                : ForTwin;
            profile._delays[mutant] = delay + (passing.Any(p => Disturbs(p.Of(mutant, observed))) ? ForDisturbing : 0);
        }

        return profile;
    }

    public double DelayOf(Mutant mutant) => _delays.GetValueOrDefault(mutant);

    private static bool Disturbs((int Before, int After) values) =>
        values.Before >= 0 && values.After != ValueClass.Unknown && values.After != values.Before;
}
