using System.CommandLine;
using System.Globalization;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class BatchesCommand
{
    public static Command Create()
    {
        var substrate = new Option<string?>("--substrate") { Description = "Only batches of this substrate" };
        return new Command("batches", "Batches of reported failures, newest first") { substrate }.Runs(async (context, cancellationToken) =>
        {
            var query = context.Get(substrate) is { } name ? $"?substrate={Uri.EscapeDataString(name)}" : "";
            var batches = await context.Client.GetAsync<List<BatchView>>($"api/batches{query}", cancellationToken);
            context.Show(batches, rows => context.Screen.Table(
                ["batch", "substrate", "state", "evidence", "scenarios", "evolutions"],
                rows.Select(batch => new[]
                {
                    batch.Id.ToString(), batch.Substrate, batch.Sealed ? "sealed" : "open", Number(batch.Evidence.Count),
                    Number(batch.Scenarios.Count), Number(batch.Evolutions.Count),
                })));
            return ExitCodes.Done;
        });
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
