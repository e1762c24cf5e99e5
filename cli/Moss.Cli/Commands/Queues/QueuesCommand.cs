using System.CommandLine;
using System.Globalization;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Queues;

/// <summary>What waits between the services, and what nobody could work on.</summary>
internal static class QueuesCommand
{
    public static Command Create()
    {
        var command = new Command("queues", "What waits between the services, and messages that nobody could work on") { RequeueCommand.Create() };
        return command.Runs(async (context, cancellationToken) =>
        {
            var queues = await context.Client.GetAsync<List<QueueView>>("api/queues", cancellationToken);
            var dead = await context.Client.GetAsync<List<DeadView>>("api/queues/dead", cancellationToken);
            context.Show(new QueuesView(queues, dead), view => Show(context, view));
            return ExitCodes.Done;
        });
    }

    private static void Show(CommandContext context, QueuesView view)
    {
        if (view.Queues.Count == 0)
        {
            context.Screen.Line("no queues: the bus of this Moss is in memory");
            return;
        }

        context.Screen.Table(["queue", "ready", "consumers"], view.Queues.Select(queue => new[] { queue.Name, Number(queue.Ready), Number(queue.Consumers) }));
        if (view.Dead.Count > 0)
        {
            context.Screen.Line("dead; put back with: moss queues requeue --id ID");
            context.Screen.Table(
                ["id", "message", "queue", "evolution", "stage", "died", "why", "deliveries"],
                view.Dead.Select(dead => new[]
                {
                    dead.Id, dead.Type, dead.Queue, dead.Evolution?.ToString() ?? "", dead.Stage ?? "",
                    dead.DiedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "", dead.Reason, dead.Deliveries is { } times ? Number(times) : "",
                }));
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
