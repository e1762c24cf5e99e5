using Moss.Domain.Evolution;
using Moss.Domain.Money;
using Moss.Domain.Tests.Evolution;

namespace Moss.Domain.Tests.Money;

public sealed class CostReportTests
{
    private static readonly DateTimeOffset Monday = EvolutionFacts.Monday;
    private static readonly EvolutionFacts Desk = new(Guid.Parse("0198c0de-0000-7000-8000-00000000000a"));
    private static readonly EvolutionFacts Till = new(Guid.Parse("0198c0de-0000-7000-8000-00000000000b"));

    private static readonly CostPeriod Always = new(null, null, null);

    private readonly CostBook book = new[]
    {
        (Monday, (object)Desk.Started()),
        (Monday, Till.Started() with { Substrate = "till" }),
        (Monday, Spent(Desk, Stage.Locate, "claude", 0.5m) with { Model = "opus" }),
        (Monday.AddHours(1), Spent(Desk, Stage.Implement, "codex", 2m) with { Estimated = true }),
        (Monday.AddDays(1), Spent(Desk, Stage.Implement, "codex", 1m)),
        (Monday.AddDays(2), Spent(Till, Stage.Locate, "claude", 0.25m)),
        (Monday.AddDays(2), new EvolutionEnded(Moss.Domain.Judgement.Verdict.Stopped, "a person ended it", false, false)),
    }.Aggregate(CostBook.Empty, (book, recorded) => book.Apply(recorded.Item2, recorded.Item1));

    [Theory]
    [InlineData(CostBy.Substrate, "desk 3.50, till 0.25")]
    [InlineData(CostBy.Agent, "codex 3.00, claude 0.75")]
    [InlineData(CostBy.Model, "no model 3.25, opus 0.50")]
    [InlineData(CostBy.Stage, "Locate 0.75, Implement 3.00")]
    [InlineData(CostBy.Day, "2026-01-05 2.50, 2026-01-06 1.00, 2026-01-07 0.25")]
    [InlineData(CostBy.Evolution, "0198c0de-0000-7000-8000-00000000000a 3.50, 0198c0de-0000-7000-8000-00000000000b 0.25")]
    public void Everything_is_split_by_what_is_asked_and_nothing_is_lost(CostBy by, string rows)
    {
        var report = CostReport.Of(book, Always, by);

        Rows(report).ShouldBe(rows);
        report.Total.ShouldBe(new CostSum(4, 3.75m, 40, 8, 2) { Estimated = 2m });
    }

    [Theory]
    [InlineData(null, "2026-01-06", null, "desk 1.00, till 0.25")]
    [InlineData(null, null, "2026-01-05", "desk 2.50")]
    [InlineData(null, "2026-01-06", "2026-01-06", "desk 1.00")]
    [InlineData("till", null, null, "till 0.25")]
    [InlineData("till", null, "2026-01-06", "")]
    public void A_period_has_both_of_its_days(string? substrate, string? from, string? to, string rows) =>
        Rows(CostReport.Of(book, new(substrate, Day(from), Day(to)), CostBy.Substrate)).ShouldBe(rows);

    [Fact]
    public void What_costs_nothing_is_counted_as_well()
    {
        var free = book.Apply(Spent(Desk, Stage.Plan, "search", 0), Monday);

        CostReport.Of(free, Always, CostBy.Agent).Rows[^1].ShouldBe(new CostRow("search", new(1, 0, 10, 2, 0.5)));
    }

    [Fact]
    public void A_day_is_one_of_UTC_wherever_it_was_recorded() =>
        CostReport.Of(
            CostBook.Empty.Apply(Desk.Started(), Monday).Apply(Spent(Desk, Stage.Plan, "claude", 1), new DateTimeOffset(2026, 1, 5, 1, 0, 0, TimeSpan.FromHours(2))),
            Always, CostBy.Day).Rows.ShouldHaveSingleItem().Name.ShouldBe("2026-01-04");

    private static string Rows(CostReport report) =>
        string.Join(", ", report.Rows.Select(row => FormattableString.Invariant($"{row.Name} {row.Sum.Dollars:0.00}")));

    private static DateOnly? Day(string? day) => day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

    private static MoneySpent Spent(EvolutionFacts of, Stage stage, string agent, decimal dollars) => new(of.Key(stage), agent, dollars, 10, 2, 0.5);
}
