using System.Collections.Immutable;
using Moss.Domain.Evolution;

namespace Moss.Domain.Money;

/// <summary>What a call was for, as far as a report tells calls apart.</summary>
/// <param name="Substrate">Who was evolved.</param>
/// <param name="Evolution">In which evolution.</param>
/// <param name="Day">When it was recorded, UTC.</param>
/// <param name="Stage">For what.</param>
/// <param name="Agent">By whom.</param>
/// <param name="Model">With which model; empty where none was asked or nobody said.</param>
public sealed record CostLine(string Substrate, Guid Evolution, DateOnly Day, Stage Stage, string Agent, string Model);

/// <summary>Everything that was paid for, added up as it was recorded.</summary>
/// <param name="Sums">By what it was for.</param>
public sealed record CostBook(ImmutableDictionary<CostLine, CostSum> Sums)
{
    /// <summary>Nothing was paid for.</summary>
    public static CostBook Empty { get; } = new(ImmutableDictionary<CostLine, CostSum>.Empty);

    private ImmutableDictionary<Guid, string> Substrates { get; init; } = ImmutableDictionary<Guid, string>.Empty;

    /// <summary>The book after an event of any stream; those that cost nothing leave it as it is.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="at">When it was recorded.</param>
    public CostBook Apply(object recorded, DateTimeOffset at) => recorded switch
    {
        EvolutionStarted started => this with { Substrates = Substrates.SetItem(started.Evolution, started.Substrate) },
        MoneySpent spent when Substrates.TryGetValue(spent.Key.Evolution, out var substrate) =>
            Add(new(substrate, spent.Key.Evolution, DateOnly.FromDateTime(at.UtcDateTime), spent.Key.Stage, spent.Agent, spent.Model ?? ""), Of(spent)),
        _ => this,
    };

    private static CostSum Of(MoneySpent spent) => new(1, spent.Dollars, spent.TokensIn, spent.TokensOut, spent.Seconds)
    {
        Estimated = spent.Estimated ? spent.Dollars : 0,
    };

    private CostBook Add(CostLine line, CostSum sum) => this with { Sums = Sums.SetItem(line, Sums.GetValueOrDefault(line, CostSum.Nothing).Plus(sum)) };
}
