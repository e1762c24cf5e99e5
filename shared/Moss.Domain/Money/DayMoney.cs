using System.Collections.Immutable;
using Moss.Domain.Evolution;

namespace Moss.Domain.Money;

/// <summary>
/// Money of a substrate was set aside for an evolution that starts on a day; kept in the stream <c>money-&lt;substrate&gt;-&lt;day&gt;</c>.
/// </summary>
/// <param name="Evolution">For which.</param>
/// <param name="Dollars">US dollars, all that it may ever spend.</param>
public sealed record MoneyReserved(Guid Evolution, decimal Dollars);

/// <summary>The evolution did not start after all.</summary>
/// <param name="Evolution">Which.</param>
public sealed record MoneyReleased(Guid Evolution);

/// <summary>
/// What is set aside for the evolutions of a substrate that start on one day. An evolution holds all that it may spend until it has ended,
/// and then what it has spent, so that those that run at once cannot pass the ceiling of the day together.
/// </summary>
/// <param name="Reserved">US dollars by evolution.</param>
public sealed record DayMoney(ImmutableDictionary<Guid, decimal> Reserved)
{
    /// <summary>Nothing is set aside.</summary>
    public static DayMoney Untouched { get; } = new(ImmutableDictionary<Guid, decimal>.Empty);

    /// <summary>After an event of the day's stream.</summary>
    public DayMoney Apply(object recorded) => recorded switch
    {
        MoneyReserved reserved => new(Reserved.SetItem(reserved.Evolution, reserved.Dollars)),
        MoneyReleased released => new(Reserved.Remove(released.Evolution)),
        _ => this,
    };

    /// <summary>What another evolution may get: all that it wants, or what is left of the day.</summary>
    /// <param name="ceiling">US dollars of the day.</param>
    /// <param name="wanted">US dollars; null for as much as there is.</param>
    /// <param name="states">Evolutions of the day as they stand now; one that is not among them holds what is set aside for it.</param>
    /// <returns>US dollars; 0 when nothing is left.</returns>
    public decimal Grant(decimal ceiling, decimal? wanted, IReadOnlyDictionary<Guid, EvolutionState> states)
    {
        var left = Math.Max(0, ceiling - Reserved.Sum(entry => Held(entry.Value, states.GetValueOrDefault(entry.Key))));
        return Math.Min(left, wanted ?? left);
    }

    private static decimal Held(decimal reserved, EvolutionState? state) => state is { Ending: not null } ended ? ended.Spent : reserved;
}
