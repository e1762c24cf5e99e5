using System.CommandLine;
using System.Text.Json;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class StopCommand
{
    public static Command Create()
    {
        var evolution = Arguments.Evolution();
        var by = Arguments.By();
        return new Command("stop", "Ask an evolution to end") { evolution, by }.Runs(async (context, cancellationToken) =>
        {
            var id = context.Get(evolution);
            await context.Client.PostAsync<JsonElement?>($"api/evolutions/{id}/stop", new { by = context.Get(by) }, cancellationToken);
            context.Show(new { evolution = id, requested = "stop" }, _ => context.Screen.Line($"asked evolution {id} to stop"));
            return ExitCodes.Done;
        });
    }
}
