using System.CommandLine;
using System.Globalization;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Cost;

internal static class CostCommand
{
    public static Command Create() => new("cost", "What evolutions cost") { Report() };

    private static Command Report()
    {
        var by = new Option<string>("--by") { Description = "substrate, day, agent, model, stage or evolution", DefaultValueFactory = _ => "substrate" };
        by.AcceptOnlyFromAmong("substrate", "day", "agent", "model", "stage", "evolution");
        var substrate = new Option<string?>("--substrate") { Description = "Of this substrate alone" };
        var (from, to) = (Day("--from", "The first day, as 2026-01-31 (UTC)"), Day("--to", "The last day"));
        return new Command("report", "Money, tokens and time of agents and of the models of trials") { by, substrate, from, to }
            .Runs(async (context, cancellationToken) =>
            {
                var query = new[] { ("by", context.Get(by)), ("substrate", context.Get(substrate)), ("from", context.Get(from)), ("to", context.Get(to)) }
                    .Where(pair => pair.Item2 is not null).Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2!)}");
                var report = await context.Client.GetAsync<CostView>($"api/costs?{string.Join('&', query)}", cancellationToken);
                context.Show(report, view => Print(context, view));
                return ExitCodes.Done;
            });
    }

    private static Option<string?> Day(string name, string description) => new(name) { Description = description };

    private static void Print(CommandContext context, CostView view) => context.Screen.Table(
        [view.By, "calls", "dollars", "of them estimated", "tokens in", "tokens out", "seconds"],
        view.Rows.Append(view.Total).Select(row => new[]
        {
            row.Name, Text($"{row.Calls}"), Text($"{row.Dollars:0.0000}"), Text($"{row.EstimatedDollars:0.0000}"), Text($"{row.TokensIn}"), Text($"{row.TokensOut}"),
            Text($"{row.Seconds:0.0}"),
        }));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
