using System.CommandLine;
using System.Globalization;
using Moss.Cli.Bench.Patches.QuixBugsJava;
using Moss.Cli.Features;

namespace Moss.Cli.Commands;

/// <summary>Makes a set of the patches that an experiment of others left.</summary>
internal static class ImportQuixBugsCommand
{
    public static Command Create()
    {
        var experiment = new Option<DirectoryInfo>("--experiment") { Description = "A clone of github.com/ASSERT-KTH/quixbugs-experiment", Required = true };
        var set = new Option<DirectoryInfo>("--out") { Description = "Folder of the set; must not exist", Required = true };
        var seed = new Option<int>("--seed") { Description = "The same seed draws the same held-out inputs", DefaultValueFactory = _ => 1 };
        var (data, atOnce) = (PatchesCommand.Data(), PatchesCommand.AtOnce());
        return new Command("import-quixbugs", "The labelled Java patches of QuixBugs as a set; held-out scenarios are generated inputs that the reference program answers. Wants openjdk-17-jdk-headless and junit4")
        {
            experiment, set, seed, data, atOnce,
        }.Runs(async (context, cancellationToken) =>
        {
            var clone = context.Get(experiment).FullName;
            if (!File.Exists(Path.Combine(clone, "assessment_report", "Assessments.md")))
            {
                throw new UsageException("--experiment", $"{clone} is no clone of the experiment", "git clone https://github.com/ASSERT-KTH/quixbugs-experiment");
            }

            if (context.Get(set).Exists)
            {
                throw new UsageException("--out", $"{context.Get(set).FullName} exists", "name a folder that does not");
            }

            var import = new JavaImport(clone, context.Get(set).FullName, BenchFolder.Of(context.Get(data), "import", TimeProvider.System), context.Get(seed), context.Get(atOnce));
            context.Show(await import.RunAsync(cancellationToken), view =>
            {
                context.Screen.Line(string.Create(CultureInfo.InvariantCulture, $"{view.Patches} patches, {view.Correct} correct and {view.Wrong} wrong; {view.Cases.Values.Sum()} held-out cases of {view.Cases.Count} programs"));
                foreach (var name in view.NotApplicable)
                {
                    context.Screen.Line($"does not fit its program, and will be refused: {name}");
                }
            });
            return ExitCodes.Done;
        });
    }
}
