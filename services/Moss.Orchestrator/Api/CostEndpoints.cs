using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Domain.Money;
using Moss.Orchestrator.ReadModels;
using Moss.ServiceDefaults.Problems;

namespace Moss.Orchestrator.Api;

/// <summary>What evolutions cost.</summary>
internal static class CostEndpoints
{
    public static void MapCosts(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs", ReportAsync).WithTags("Costs")
            .WithSummary("What was paid for, split by substrate, day, agent, model, stage or evolution; from and to are days, both included").Produces<CostView>().ProducesProblem(400);

    private static async Task<IResult> ReportAsync(string? substrate, string? from, string? to, string? by, CostIndex costs, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse<CostBy>(by ?? nameof(CostBy.Substrate), ignoreCase: true, out var split) || !Enum.IsDefined(split) || int.TryParse(by, out _))
        {
            return Problem.Invalid("by", $"'{by}' is nothing that a report is split by", "send substrate, day, agent, model, stage or evolution");
        }

        foreach (var (field, day) in new[] { ("from", from), ("to", to) })
        {
            if (day is not null && Day(day) is null)
            {
                return Problem.Invalid(field, $"'{day}' is no day", "send a day as 2026-01-31; days are those of UTC");
            }
        }

        if (Day(from) > Day(to))
        {
            return Problem.Invalid("to", $"{to} is before {from}", "send a last day that is not before the first");
        }

        var period = new CostPeriod(substrate, Day(from), Day(to));
        return TypedResults.Ok(CostView.Of(CostReport.Of(await costs.ReadAsync(cancellationToken), period, split), split));
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>A report. Money is in US dollars; the estimated part of it is what nobody but Moss has counted.</summary>
internal sealed record CostView(string By, IReadOnlyList<CostRowView> Rows, CostRowView Total)
{
    public static CostView Of(CostReport report, CostBy by) => new(
        by.ToString().ToLowerInvariant(), [.. report.Rows.Select(row => CostRowView.Of(row.Name, row.Sum))], CostRowView.Of("total", report.Total));
}

internal sealed record CostRowView(string Name, int Calls, decimal Dollars, decimal EstimatedDollars, long TokensIn, long TokensOut, double Seconds)
{
    public static CostRowView Of(string name, CostSum sum) =>
        new(name, sum.Calls, sum.Dollars, sum.Estimated, sum.TokensIn, sum.TokensOut, Math.Round(sum.Seconds, 1));
}
