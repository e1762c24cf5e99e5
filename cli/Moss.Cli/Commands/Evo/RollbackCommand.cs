using System.CommandLine;
using System.Text.Json;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class RollbackCommand
{
    public static Command Create()
    {
        var substrate = new Argument<string>("substrate") { Description = "Name of the substrate" };
        var reason = new Option<string?>("--reason") { Description = "Why, for whoever evolves the batch again" };
        var by = Arguments.By();
        return new Command("rollback", "Take what was promoted last back out of production, now") { substrate, reason, by }.Runs(async (context, cancellationToken) =>
        {
            var name = context.Get(substrate)!;
            var deployment = await context.Client.PostAsync<JsonElement>(
                $"api/deployments/{Uri.EscapeDataString(name)}/rollback", new { by = context.Get(by), reason = context.Get(reason) }, cancellationToken);
            context.Show(deployment, _ => context.Screen.Line($"{name}: {deployment.GetProperty("current").GetProperty("commit").GetString()} serves again"));
            return ExitCodes.Done;
        });
    }
}
