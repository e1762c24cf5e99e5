using System.CommandLine;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class StartCommand
{
    public static Command Create()
    {
        var batch = Arguments.OptionalId("batch", "Id of the batch (default: the newest that was never evolved)");
        var depth = new Option<string>("--depth") { Description = "light, standard or deep", DefaultValueFactory = _ => "standard" };
        var by = Arguments.By();
        return new Command("start", "Evolve a batch") { batch, depth, by }.Runs(async (context, cancellationToken) =>
        {
            var id = context.Get(batch) ?? await NewestAsync(context.Client, cancellationToken);
            var started = await context.Client.PostAsync<StartedView>(
                "api/evolutions", new { batch = id, depth = context.Get(depth), by = context.Get(by) }, cancellationToken);
            context.Show(started, view =>
            {
                context.Screen.Line($"evolution {view.Evolution} of {view.Substrate} started at {view.BaseCommit}");
                context.Screen.Line($"follow it with: moss evo watch {view.Evolution}");
            });
            return ExitCodes.Done;
        });
    }

    private static async Task<Guid> NewestAsync(MossClient client, CancellationToken cancellationToken) =>
        (await client.GetAsync<List<BatchView>>("api/batches", cancellationToken)).FirstOrDefault(batch => batch.Evolutions.Count == 0)?.Id
            ?? throw new UsageException("batch", "there is no batch that was never evolved", "report failures first, or name a batch");
}
