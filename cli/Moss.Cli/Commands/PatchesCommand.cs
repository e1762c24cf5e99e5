using System.CommandLine;
using System.Globalization;
using Moss.Cli.Bench.Patches;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands;

/// <summary>How often the gate accepts a wrong change, and refuses a right one.</summary>
internal static class PatchesCommand
{
    public static Command Create()
    {
        var set = new Option<DirectoryInfo>("--set")
        {
            Description = "Folder of programs: each has base/ (a substrate whose scenarios are tagged visible or held out), candidates/ (NAME.patch, or NAME/ with files that replace those of the base) and labels.json (NAME: correct or wrong)",
            Required = true,
        };
        var programs = new Option<string?>("--programs") { Description = "Comma-separated names of programs (default: all)" };
        var (data, atOnce) = (Data(), AtOnce());
        return new Command("patches", "Candidate patches with labels through build, trials and verdict: how many wrong ones are accepted, how many right ones refused? docs/patches.md says how a set is laid out")
        {
            set, programs, data, atOnce, ImportQuixBugsCommand.Create(), MutantsCommand.Create(),
        }.Runs(async (context, cancellationToken) =>
        {
            var names = context.Get(programs)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            var options = new PatchesOptions(context.Get(set).FullName, names, BenchFolder.Of(context.Get(data), "patches", TimeProvider.System), context.Get(atOnce));
            var report = await new PatchesRun(options, Tell, TimeProvider.System).RunAsync(cancellationToken);
            context.Show(report, view => Print(context.Screen, view));
            return ExitCodes.Done;
        });
    }

    public static Option<DirectoryInfo?> Data() => new("--data") { Description = "Folder for what it makes; with the same folder a run goes on where it was interrupted (default: a new one below .moss)" };

    public static Option<int> AtOnce()
    {
        var option = new Option<int>("--at-once") { Description = "Sandboxes at once", DefaultValueFactory = _ => Math.Max(1, Environment.ProcessorCount) };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--at-once is 1 or more");
            }
        });
        return option;
    }

    private static void Tell(PatchRow row) => Console.Error.WriteLine(
        $"{row.Program}/{row.Candidate}: {(row.Correct ? "correct" : "wrong")}, {row.VisibleOnly.Verdict} by what is visible, {row.WithCorpus.Verdict} with the corpus");

    private static void Print(Screen screen, PatchReport report)
    {
        var corpus = report.WithCorpus.PerProgram.ToDictionary(program => program.Program);
        screen.Table(
            ["program", "correct", "wrong", "visible only: false accepts", "false rejects", "with corpus: false accepts", "false rejects"],
            report.VisibleOnly.PerProgram.Select(program => new[]
            {
                program.Program, Text($"{program.Correct}"), Text($"{program.Wrong}"), Text($"{program.FalseAccepts}"), Text($"{program.FalseRejects}"),
                Text($"{corpus[program.Program].FalseAccepts}"), Text($"{corpus[program.Program].FalseRejects}"),
            }));
        screen.Line(Line("visible only", report.VisibleOnly));
        screen.Line(Line("with corpus", report.WithCorpus));
        foreach (var error in report.WithCorpus.Errors)
        {
            screen.Line($"{error.Kind} with the corpus: {error.Program}/{error.Candidate}: {error.Verdict}: {error.Reason}");
        }

        screen.Line(Text($"{report.Trials} trials of candidates, {report.Seconds:0} s"));
    }

    private static string Line(string name, PatchCounts counts) => Text(
        $"{name}: {counts.Candidates} candidates, {counts.FalseAccepts} false accepts ({counts.FalseAcceptRate:0.0000}), {counts.FalseRejects} false rejects ({counts.FalseRejectRate:0.0000})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
