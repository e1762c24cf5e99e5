using System.CommandLine;
using System.Globalization;
using Moss.Cli.Bench.QuixBugs;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands;

internal static class BenchCommand
{
    public static Command Create() => new("bench", "Measure Moss: on input that nobody here wrote, its own error rates, the coding agents, and swaps under kills")
    {
        QuixBugs(), AaCommand.Create(), PowerCommand.Create(), PatchesCommand.Create(), AgentsCommand.Create(), SwapCommand.Create(),
    };

    private static Command QuixBugs()
    {
        var path = new Option<DirectoryInfo>("--path") { Description = "A clone of github.com/jkoppel/QuixBugs", Required = true };
        var programs = new Option<string?>("--programs") { Description = "Comma-separated names (default: all that have a test)" };
        var depth = new Option<string>("--depth") { Description = "light, standard or deep", DefaultValueFactory = _ => "light" };
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder for everything it makes (default: a new one below .moss)" };
        var seconds = new Option<int>("--agent-seconds") { Description = "Time of one agent call", DefaultValueFactory = _ => 60 };
        var failures = new Option<int>("--least-failures")
        {
            Description = "Different failures that a promoted change repairs; a program with fewer is inconclusive", DefaultValueFactory = _ => 3,
        };
        return new Command("quixbugs", "Each Python program of QuixBugs as a substrate; what is promoted is compared with cases that nobody ran")
        {
            path, programs, depth, data, seconds, failures,
        }.Runs(async (context, cancellationToken) =>
        {
            var clone = context.Get(path).FullName;
            if (!Directory.Exists(Path.Combine(clone, "python_testcases")))
            {
                throw new UsageException("--path", $"{clone} is no clone of QuixBugs", "git clone https://github.com/jkoppel/QuixBugs");
            }

            var known = QuixProgram.NamesIn(clone);
            var chosen = context.Get(programs)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [.. known];
            if (chosen.Except(known).FirstOrDefault() is { } unknown)
            {
                throw new UsageException("--programs", $"there is no program '{unknown}' with a test", $"choose from: {string.Join(", ", known)}");
            }

            var folder = (context.Get(data) ?? Fresh(TimeProvider.System)).FullName;
            var options = new QuixOptions(clone, chosen, context.Get(depth), folder, TimeSpan.FromSeconds(context.Get(seconds)), context.Get(failures));
            var report = await new QuixBugsRun(options, row => Tell(context, row), TimeProvider.System).RunAsync(cancellationToken);
            context.Show(report, view => Print(context.Screen, view));
            return report.Total.PromotedWrong == 0 ? ExitCodes.Done : ExitCodes.NotPromoted;
        });
    }

    private static void Tell(CommandContext context, QuixRow row)
    {
        if (context.AsJson)
        {
            Console.Error.WriteLine($"{row.Program}: {row.Verdict}");
            return;
        }

        context.Screen.Line($"{row.Program,-30} {row.Verdict,-16} {Truthfulness(row),-6} {row.Seconds.ToString("0.0", CultureInfo.InvariantCulture),6} s  {row.Reason}");
    }

    private static void Print(Screen screen, QuixReport report)
    {
        var total = report.Total;
        screen.Line();
        screen.Line($"{total.Programs} programs: {total.PromotedRight} promoted and right, {total.PromotedWrong} promoted and wrong, {total.Refused} refused, {total.NotReproduced} not reproduced, {total.TooFewCases} with too few cases");
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"mean score {total.BaselineMean:0.00} -> {total.CandidateMean:0.00} in {total.Seconds:0} s"));
        foreach (var wrong in report.Wrong)
        {
            screen.Line($"promoted and wrong: {wrong}");
        }
    }

    private static string Truthfulness(QuixRow row) => row.Right switch { true => "right", false => "WRONG", null => "" };

    private static DirectoryInfo Fresh(TimeProvider clock) =>
        new(Path.Combine(".moss", string.Create(CultureInfo.InvariantCulture, $"quixbugs-{clock.GetUtcNow():yyyyMMdd-HHmmss}")));
}
