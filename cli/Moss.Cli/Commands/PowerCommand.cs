using System.CommandLine;
using System.Globalization;
using Moss.Cli.Bench.Gate;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands;

/// <summary>How often the gate detects a change that does something.</summary>
internal static class PowerCommand
{
    public static Command Create()
    {
        var runs = GateArguments.Runs("Evolutions for each effect", 5);
        var (depth, seed, atOnce, data) = (GateArguments.Depth(), GateArguments.Seed(), GateArguments.AtOnce(), GateArguments.Data());
        return new Command("power", "Changes that truly change the pass rate through the whole loop: how often is one detected, for how many trials?")
        {
            runs, depth, seed, atOnce, data,
        }.Runs(async (context, cancellationToken) =>
        {
            var options = new PowerOptions(
                context.Get(runs), context.Get(depth), context.Get(seed), context.Get(atOnce), BenchFolder.Of(context.Get(data), "power", TimeProvider.System));
            var report = await new PowerRun(options, Console.Error.WriteLine, TimeProvider.System).RunAsync(cancellationToken);
            context.Show(report, view => Print(context.Screen, view));
            return ExitCodes.Done;
        });
    }

    private static void Print(Screen screen, PowerReport report)
    {
        screen.Table(
            ["passes before", "after", "runs", "detected", "iterations", "trials a run", "exact, one iteration", "trials a scenario and arm"],
            report.Effects.Select(row => new[]
            {
                Text($"{row.Before:0.00}"), Text($"{row.After:0.00}"), Text($"{row.Runs}"), Text($"{row.Detected}"), Text($"{row.MeanIterations:0.0}"),
                Text($"{row.MeanTrials:0}"), Text($"{row.Exact.Repaired:0.000}"), Text($"{row.Exact.Trials}"),
            }));
        screen.Table(
            ["passes before", "after", .. report.Effects[0].Curve.Select(point => Text($"{point.Trials} trials"))],
            report.Effects.Select(row => (string[])[Text($"{row.Before:0.00}"), Text($"{row.After:0.00}"), .. row.Curve.Select(point => Text($"{point.Repaired:0.00}"))]));
        screen.Line(Text($"second table: exact chance of an iteration to answer \"fixed\" with yes, by trials of a scenario and arm; {report.Seconds:0} s"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
