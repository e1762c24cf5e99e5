using System.CommandLine;
using System.Globalization;
using Moss.Cli.Bench.Patches;
using Moss.Cli.Features;
using Moss.Cli.Hosting;

namespace Moss.Cli.Commands.Substrate;

/// <summary>
/// Makes a repaired scenario smaller. What is expected belongs to the input, so a person looks at what is left and commits it; Moss changes no
/// scenario by itself.
/// </summary>
internal static class MinimiseCommand
{
    private const string Repaired = "repaired";

    public static Command Create()
    {
        var scenario = new Argument<string>("scenario") { Description = "Its id" };
        var repository = new Option<DirectoryInfo>("--repository") { Description = "Clone of the substrate", Required = true };
        var broken = new Option<string>("--broken") { Description = "A commit on which it fails", Required = true };
        var repaired = new Option<string>("--repaired") { Description = "A commit on which it passes", DefaultValueFactory = _ => "moss/evolved" };
        var folder = new Option<string>("--scenarios") { Description = "Folder of the scenarios in the repository", DefaultValueFactory = _ => "scenarios" };
        var file = new Option<FileInfo?>("--out") { Description = "Where to write the smaller scenario (default: standard output)" };
        var most = new Option<int>("--most") { Description = "Smaller scenarios to try; each is replayed on one commit or both", DefaultValueFactory = _ => 200 };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--most is 1 or more");
            }
        });
        return new Command("minimise", "Take from a repaired scenario what its failure does not need; builds and replays both commits here, in sandboxes")
        {
            scenario, repository, broken, repaired, folder, file, most,
        }.Runs(async (context, cancellationToken) =>
        {
            if (!context.Get(repository).Exists)
            {
                throw new UsageException("--repository", $"{context.Get(repository)} is not there", "name the folder of a clone of the substrate");
            }

            var scratch = Directory.CreateTempSubdirectory("moss-minimise-");
            try
            {
                var program = await LayOutAsync(scratch.FullName, context.Get(repository).FullName, context.Get(broken), context.Get(repaired), context.Get(folder), cancellationToken);
                var smaller = await PatchGate.MinimiseAsync(program, context.Get(scenario), context.Get(most), Path.Combine(scratch.FullName, "data"), cancellationToken);
                await TellAsync(context, smaller, context.Get(file)?.FullName, cancellationToken);
                return ExitCodes.Done;
            }
            finally
            {
                scratch.Delete(recursive: true);
            }
        });
    }

    /// <summary>The two commits as a program with one candidate.</summary>
    private static async Task<string> LayOutAsync(string scratch, string repository, string broken, string repaired, string scenarios, CancellationToken cancellationToken)
    {
        var program = Path.Combine(scratch, "program");
        await Git.ExportAsync(repository, broken, Path.Combine(program, "base"), cancellationToken);
        Directory.CreateDirectory(Path.Combine(program, "candidates"));
        var patch = await Git.DiffAsync(repository, broken, repaired, scenarios, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(program, "candidates", $"{Repaired}.patch"), patch, cancellationToken);
        return program;
    }

    private static async Task TellAsync(CommandContext context, Minimised smaller, string? file, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, smaller.Scenario, cancellationToken);
        }

        context.Show(smaller, view =>
        {
            context.Screen.Line(file is null ? view.Scenario : $"written to {file}");
            context.Screen.Line(string.Create(
                CultureInfo.InvariantCulture,
                $"input {view.BytesBefore} -> {view.Bytes} bytes after {view.Asked} smaller ones; {(view.Minimal ? "no part of what is left can be spared" : "more could be tried with a higher --most")}"));
        });
    }
}
