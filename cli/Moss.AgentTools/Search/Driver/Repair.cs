using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Driver;

/// <summary>What the search ends with.</summary>
/// <param name="Tree">The work tree as it should be; as it was when nothing was found.</param>
/// <param name="Steps">The changes that led to it, in order; empty when nothing was found.</param>
/// <param name="Before">Where the scenarios stood.</param>
/// <param name="After">Where they stand with it.</param>
/// <param name="Tried">Mutants run.</param>
/// <param name="Replays">Scenarios replayed.</param>
/// <param name="Alternatives">Other mutants that also made every scenario pass.</param>
internal sealed record Repair(
    SourceTree Tree, ImmutableArray<Mutant> Steps, Scoreboard Before, Scoreboard After, int Tried, int Replays, int Alternatives)
{
    /// <summary>The iteration whose candidate the search started from; 0 when it started from the tree as it was.</summary>
    public int CarriesOn { get; init; }

    /// <summary>The time was up before the search had tried everything.</summary>
    public bool TimeUp { get; init; }
}
