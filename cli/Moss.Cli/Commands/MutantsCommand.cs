using System.CommandLine;
using System.Globalization;
using Moss.Cli.Bench.Patches.Mutants;
using Moss.Cli.Features;

namespace Moss.Cli.Commands;

/// <summary>Makes a set of mutants.</summary>
internal static class MutantsCommand
{
    public static Command Create()
    {
        var set = new Option<DirectoryInfo>("--out") { Description = "Folder of the set; must not exist", Required = true };
        var seed = new Option<int>("--seed") { Description = "The same seed draws the same held-out cases", DefaultValueFactory = _ => 1 };
        var (data, atOnce) = (PatchesCommand.Data(), PatchesCommand.AtOnce());
        return new Command("mutants", "Mutants and other ways to write a small C# exercise as a set, each labelled by everything that it can be asked")
        {
            set, seed, data, atOnce,
        }.Runs(async (context, cancellationToken) =>
        {
            if (context.Get(set).Exists)
            {
                throw new UsageException("--out", $"{context.Get(set).FullName} exists", "name a folder that does not");
            }

            var mutants = new MutantSet(context.Get(set).FullName, BenchFolder.Of(context.Get(data), "mutants", TimeProvider.System), context.Get(seed), context.Get(atOnce));
            context.Show(await mutants.RunAsync(cancellationToken), view => context.Screen.Line(string.Create(
                CultureInfo.InvariantCulture, $"{view.Candidates} candidates, {view.Correct} correct and {view.Wrong} wrong, of which {view.DoNotCompile} do not compile")));
            return ExitCodes.Done;
        });
    }
}
