namespace Moss.AgentTools.Search.Driver;

/// <summary>
/// What was tried on a scenario in vain, before an earlier step. It may help now, but what was never tried goes first.
/// </summary>
internal sealed class Memory
{
    private const double ForTried = 1.5;

    private readonly HashSet<(string Scenario, string Path, string Where, string What)> _tried = [];

    public void Add(Mutant mutant, string scenario) => _tried.Add((scenario, mutant.Path, mutant.Where, mutant.What));

    public double DelayOf(Mutant mutant, string scenario) => _tried.Contains((scenario, mutant.Path, mutant.Where, mutant.What)) ? ForTried : 0;
}
