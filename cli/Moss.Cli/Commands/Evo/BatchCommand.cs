using System.CommandLine;
using System.Globalization;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Evo;

internal static class BatchCommand
{
    public static Command Create()
    {
        var id = new Argument<Guid>("batch") { Description = "Id of the batch" };
        return new Command("batch", "One batch with its evidence") { id }.Runs(async (context, cancellationToken) =>
        {
            var batch = await context.Client.GetAsync<BatchView>($"api/batches/{context.Get(id)}", cancellationToken);
            context.Show(batch, view =>
            {
                context.Screen.Line($"{view.Id}  {view.Substrate}  {(view.Sealed ? "sealed" : "open")}");
                foreach (var reopening in view.Reopenings ?? [])
                {
                    context.Screen.Line($"reopened after evolution {reopening.Evolution}: {reopening.Reason}");
                }

                context.Screen.Table(
                    ["scenario", "when", "source", "complaint"],
                    view.Evidence.Select(item => new[]
                    {
                        item.Scenario, item.OccurredAt.ToString("u", CultureInfo.InvariantCulture), item.Source, item.Complaint,
                    }));
            });
            return ExitCodes.Done;
        });
    }
}
