using System.CommandLine;
using System.Globalization;
using Moss.Cli.Bench.Gate;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands;

/// <summary>How often the gate would promote a change that does nothing.</summary>
internal static class AaCommand
{
    public static Command Create()
    {
        var runs = GateArguments.Runs("Evolutions whose failures show", 200);
        var defect = new Option<string>("--defect")
        {
            Description = "none: the failures are always there; flaky: each trial passes by chance; noisy: scores are chance too", Required = true,
        };
        defect.AcceptOnlyFromAmong("none", "flaky", "noisy");
        var (depth, seed, atOnce, data) = (GateArguments.Depth(), GateArguments.Seed(), GateArguments.AtOnce(), GateArguments.Data());
        return new Command("aa", "Changes that do nothing through the whole loop, with real sandboxes: how often would one be promoted?")
        {
            runs, defect, depth, seed, atOnce, data,
        }.Runs(async (context, cancellationToken) =>
        {
            var options = new AaOptions(
                context.Get(runs), context.Get(defect), context.Get(depth), context.Get(seed), context.Get(atOnce),
                BenchFolder.Of(context.Get(data), "aa", TimeProvider.System));
            var report = await new AaRun(options, Tell, TimeProvider.System).RunAsync(cancellationToken);
            context.Show(report, view => Print(context.Screen, view));
            return ExitCodes.Done;
        });
    }

    private static void Tell(AaRow row) => Console.Error.WriteLine(
        $"run {row.Run}: {row.Outcome.Verdict}{(row.Outcome.Offered ? " OFFERED" : "")} after {row.Outcome.Iterations} iterations and {row.Outcome.Trials} trials");

    private static void Print(Screen screen, AaReport report)
    {
        screen.Table(
            ["pass rate of every version", "runs", "promoted"],
            report.Rates.Select(row => new[] { Text($"{row.Rate:0.0}"), Text($"{row.Runs}"), Text($"{row.Promoted}") }));
        screen.Line(string.Join(", ", report.Verdicts.Select(verdict => Text($"{verdict.Value} {verdict.Key}"))));
        screen.Line(Text(
            $"{report.Defect}: {report.Promoted} of {report.Runs} promoted, {report.PromotedRate:0.####}; at most {report.PromotedUpper95:0.####} with 95 % confidence"));
        screen.Line(Text($"{report.Iterations} iterations, {report.Trials} trials, {report.Seconds:0} s; {report.NotReproduced} more evolutions showed no failure"));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
