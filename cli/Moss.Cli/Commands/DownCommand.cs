using System.CommandLine;
using Moss.Cli.Compose;
using Moss.Cli.Features;

namespace Moss.Cli.Commands;

internal static class DownCommand
{
    public static Command Create()
    {
        var data = UpCommand.DataFolder();
        var compose = new Option<bool>("--compose") { Description = "Remove what `moss up --compose` started: containers, networks, volumes, and the substrates that ran" };
        return new Command("down", "Stop a Moss that runs in containers and remove all of it") { data, compose }.Runs(async (context, cancellationToken) =>
        {
            if (!context.Get(compose))
            {
                throw new UsageException("--compose", "a Moss in one process ends with Ctrl+C", "add --compose to remove one that runs in containers, with all that it stored");
            }

            var settings = ComposeSettings.Read(context.Get(data).FullName);
            settings.Add([KeyValuePair.Create(ComposeSettings.Project, settings.Find(ComposeSettings.Project) ?? "moss")]);
            await new Topology(await ComposeTool.FindAsync(settings, cancellationToken), settings, TimeProvider.System, _ => { }).DownAsync(cancellationToken);
            settings.Forget();
            context.Show(new { removed = true }, _ => context.Screen.Line("removed"));
            return ExitCodes.Done;
        });
    }
}
