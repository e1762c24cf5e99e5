using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.ServiceDefaults.Problems;

namespace Moss.Orchestrator.Api;

/// <summary>What trials can show, before any is run.</summary>
internal static class PowerEndpoint
{
    private const int MostScenarios = 10;

    /// <summary>A known rate stands for this many trials of the live version: enough that the plan follows the rate.</summary>
    private const int Known = 1000;

    public static void MapPower(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/evolutions/power", Compute).WithTags("Evolutions")
            .WithSummary("The exact chance that an iteration shows a true change of the pass rate, by trials spent").Produces<PowerView>();

    private static IResult Compute(string? depth, int? scenarios, double? before, double? after, double? alpha)
    {
        if (!Enum.TryParse<Depth>(depth ?? nameof(Depth.Standard), ignoreCase: true, out var chosen) || !Enum.IsDefined(chosen))
        {
            return Problem.Invalid("depth", $"'{depth}' is no depth", "send light, standard or deep");
        }

        if (scenarios is not (null or (>= 1 and <= MostScenarios)))
        {
            return Problem.Invalid("scenarios", $"{scenarios} scenarios cannot be planned", $"send 1 to {MostScenarios}");
        }

        foreach (var (field, rate) in new[] { ("before", before), ("after", after) })
        {
            if (rate is not (null or (>= 0 and <= 1)))
            {
                return Problem.Invalid(field, $"{rate} is no pass rate", "send 0 to 1");
            }
        }

        return alpha is null or (> 0 and <= 0.5)
            ? TypedResults.Ok(PowerView.Of(Budget.Of(chosen), scenarios ?? 1, before ?? 0, after ?? 1, alpha ?? 0.05, Known))
            : Problem.Invalid("alpha", $"{alpha} is no error rate", "send a number above 0, up to 0.5");
    }
}

/// <summary>Alpha is the share of one iteration; the curve goes up to the most trials that are ever planned.</summary>
internal sealed record PowerView(double Alpha, int PairsNeeded, PowerPointView Planned, IReadOnlyList<PowerPointView> Curve)
{
    public static PowerView Of(Budget budget, int scenarios, double before, double after, double alpha, int known)
    {
        var share = AlphaSpending.PerIteration(alpha, budget.Iterations);
        string[] batch = [.. Enumerable.Range(0, scenarios).Select(number => $"s{number}")];
        var plan = TrialPlanner.Plan(
            [.. batch], [], new(budget.TrialsPerScenario, share), [.. batch.Select(scenario => new LiveRecord(scenario, (int)Math.Round(before * known), known))]);
        return new(
            share, Power.PairsNeeded(share), PowerPointView.Of(plan[0].Trials, scenarios, before, after, share),
            [.. Steps(budget.TrialsPerScenario).Select(trials => PowerPointView.Of(trials, scenarios, before, after, share))]);
    }

    private static IEnumerable<int> Steps(int least) =>
        Enumerable.Range(0, TrialPlanner.Cap).Select(step => least + (2 * step)).TakeWhile(trials => trials <= TrialPlanner.Cap);
}

/// <summary>
/// What so many trials of a scenario on each arm show. Test: the chance to pass the test of the gain; repaired: that and every trial of
/// the candidate passing, which is what "fixed" asks for.
/// </summary>
internal sealed record PowerPointView(int Trials, int Pairs, double Test, double Repaired)
{
    public static PowerPointView Of(int trials, int scenarios, double before, double after, double alpha)
    {
        var pairs = trials * scenarios;
        return new(trials, pairs, Power.OfTest(pairs, before, after, alpha), Power.OfRepair([.. Enumerable.Repeat(1 - before, pairs)], after, alpha));
    }
}
