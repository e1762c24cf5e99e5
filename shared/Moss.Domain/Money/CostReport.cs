using System.Collections.Immutable;
using System.Globalization;

namespace Moss.Domain.Money;

/// <summary>By what a report is split.</summary>
public enum CostBy
{
    /// <summary>Who was evolved.</summary>
    Substrate,

    /// <summary>When, UTC.</summary>
    Day,

    /// <summary>By whom.</summary>
    Agent,

    /// <summary>With which model.</summary>
    Model,

    /// <summary>For what.</summary>
    Stage,

    /// <summary>In which evolution.</summary>
    Evolution,
}

/// <summary>Which part of a book is asked for.</summary>
/// <param name="Substrate">One alone; all when null.</param>
/// <param name="From">The first day, UTC; from the beginning when null.</param>
/// <param name="To">The last day, that day included; to the end when null.</param>
public sealed record CostPeriod(string? Substrate, DateOnly? From, DateOnly? To)
{
    internal bool Has(CostLine line) => (Substrate is null || line.Substrate == Substrate) && !(line.Day < From) && !(line.Day > To);
}

/// <summary>A row of a report.</summary>
/// <param name="Name">The substrate, day (<c>2026-01-31</c>), agent, model, stage or evolution.</param>
/// <param name="Sum">What it used.</param>
public sealed record CostRow(string Name, CostSum Sum);

/// <summary>What was paid for in a period.</summary>
/// <param name="Rows">Days and stages in their order; everything else the dearest first, then by name.</param>
/// <param name="Total">All rows together.</param>
public sealed record CostReport(ImmutableArray<CostRow> Rows, CostSum Total)
{
    /// <summary>The report of a part of a book.</summary>
    public static CostReport Of(CostBook book, CostPeriod period, CostBy by)
    {
        var lines = book.Sums.Where(entry => period.Has(entry.Key)).ToList();
        var rows = lines.GroupBy(entry => Name(entry.Key, by)).Select(group => (At: group.Min(entry => entry.Key.Stage), Row: new CostRow(group.Key, Sum(group))));
        var ordered = by switch
        {
            CostBy.Day => rows.OrderBy(row => row.Row.Name, StringComparer.Ordinal),
            CostBy.Stage => rows.OrderBy(row => row.At),
            _ => rows.OrderByDescending(row => row.Row.Sum.Dollars).ThenBy(row => row.Row.Name, StringComparer.Ordinal),
        };
        return new([.. ordered.Select(row => row.Row)], Sum(lines));
    }

    private static CostSum Sum(IEnumerable<KeyValuePair<CostLine, CostSum>> lines) =>
        lines.Aggregate(CostSum.Nothing, (sum, entry) => sum.Plus(entry.Value));

    private static string Name(CostLine line, CostBy by) => by switch
    {
        CostBy.Substrate => line.Substrate,
        CostBy.Day => line.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        CostBy.Agent => line.Agent,
        CostBy.Model => line.Model.Length == 0 ? "no model" : line.Model,
        CostBy.Stage => line.Stage.ToString(),
        CostBy.Evolution => line.Evolution.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, null),
    };
}
