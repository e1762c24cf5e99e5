using System.CommandLine;
using System.Globalization;
using Moss.Cli.Compose;
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
        var target = new Option<string?>("--target") { Description = "Address of a Moss that runs already (default: one is started for the demo)" };
        var engine = new Option<string?>("--engine") { Description = "With --target: docker (default) or process, as the services there are set" };
        engine.AcceptOnlyFromAmong("docker", "process");
        var agent = new Option<string>("--agent") { Description = "The coding agent of every role, as moss.yaml names it: docs/agents.md", DefaultValueFactory = _ => "search" };
        agent.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is { } name && !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
            {
                result.AddError("--agent is a name such as search, codex or claude");
            }
        });

        return new Command("demo", "Run the main job on the sample: failures in, a verified change out, consent, swap") { data, depth, yes, sabotage, target, engine, agent }
            .Runs(async (context, cancellationToken) =>
            {
                if (context.AsJson && !context.Get(yes))
                {
                    throw new UsageException("--yes", "consent cannot be asked for while printing JSON", "add --yes");
                }

                if (context.Get(engine) is not null && context.Get(target) is null)
                {
                    throw new UsageException("--engine", "the Moss that the demo starts runs processes", "name one that runs containers with --target");
                }

                var folder = (context.Get(data) ?? Fresh(TimeProvider.System)).FullName;
                if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
                {
                    throw new UsageException("--data", $"{folder} is not empty", "name a folder that is new");
                }

                var options = new DemoOptions(folder, context.Get(depth), context.Get(yes), context.Get(sabotage), Target(context.Get(target), context.Get(engine), context.ApiKey), context.Get(agent));
                var report = await new DemoRun(options, new Narrator(context.Screen, context.AsJson), TimeProvider.System).RunAsync(cancellationToken);
                context.Show(report, _ => { });
                return report.Promoted ? ExitCodes.Done : ExitCodes.NotPromoted;
            });
    }

    private static DemoTarget? Target(string? address, string? engine, string? apiKey)
    {
        if (address is null)
        {
            return null;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new UsageException("--target", $"'{address}' is no address of a web server", "write it like http://127.0.0.1:8080");
        }

        var settings = ComposeSettings.Read(UpCommand.DefaultData);
        var repositories = settings.Find(ComposeSettings.Substrates) ?? throw new UsageException(
            ComposeSettings.Substrates, "it is not known which folder the services there see", "set it to the folder that `moss up --compose` named, or run the demo where that was run");
        return new(url, apiKey, Path.GetFullPath(repositories), engine ?? "docker", settings.Find(ComposeSettings.PythonImage));
    }

    private static DirectoryInfo Fresh(TimeProvider clock) =>
        new(Path.Combine(".moss", string.Create(CultureInfo.InvariantCulture, $"demo-{clock.GetUtcNow():yyyyMMdd-HHmmss}")));
}
