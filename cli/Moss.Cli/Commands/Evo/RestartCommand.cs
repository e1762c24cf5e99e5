using System.CommandLine;
using System.Text.Json;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class RestartCommand
{
    public static Command Create()
    {
        var evolution = Arguments.Evolution();
        var by = Arguments.By();
        return new Command("restart", "Let a stopped or failed evolution go on from what is stored") { evolution, by }.Runs(async (context, cancellationToken) =>
        {
            var id = context.Get(evolution);
            await context.Client.PostAsync<JsonElement?>($"api/evolutions/{id}/restart", new { by = context.Get(by) }, cancellationToken);
            context.Show(new { evolution = id, requested = "restart" }, _ => context.Screen.Line($"asked evolution {id} to restart"));
            return ExitCodes.Done;
        });
    }
}
