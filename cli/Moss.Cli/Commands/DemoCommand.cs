using System.CommandLine;
using System.Globalization;
using Moss.Cli.Demo;
using Moss.Cli.Features;

namespace Moss.Cli.Commands;

internal static class DemoCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = "Folder for everything it makes (default: a new one below .moss)" };
        var depth = new Option<string>("--depth") { Description = "light, standard or deep", DefaultValueFactory = _ => "light" };
        var yes = new Option<bool>("--yes") { Description = "Consent without being asked" };
        var sabotage = new Option<string?>("--sabotage") { Description = "boot: the candidate does not start after the swap" };
        sabotage.AcceptOnlyFromAmong("boot");

        return new Command("demo", "Run the main job on the sample: failures in, a verified change out, consent, swap") { data, depth, yes, sabotage }
            .Runs(async (context, cancellationToken) =>
            {
                if (context.AsJson && !context.Get(yes))
                {
                    throw new UsageException("--yes", "consent cannot be asked for while printing JSON", "add --yes");
                }

                var folder = (context.Get(data) ?? Fresh(TimeProvider.System)).FullName;
                if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    throw new UsageException("--data", $"{folder} is not empty", "name a folder that is new");
                }

                var options = new DemoOptions(folder, context.Get(depth), context.Get(yes), context.Get(sabotage));
                var report = await new DemoRun(options, new Narrator(context.Screen, context.AsJson), TimeProvider.System).RunAsync(cancellationToken);
                context.Show(report, _ => { });
                return report.Promoted ? ExitCodes.Done : ExitCodes.NotPromoted;
            });
    }

    private static DirectoryInfo Fresh(TimeProvider clock) =>
        new(Path.Combine(".moss", string.Create(CultureInfo.InvariantCulture, $"demo-{clock.GetUtcNow():yyyyMMdd-HHmmss}")));
}
