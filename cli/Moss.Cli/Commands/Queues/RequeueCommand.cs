using System.CommandLine;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Queues;

internal static class RequeueCommand
{
    public static Command Create()
    {
        var all = new Option<bool>("--all") { Description = "Every message that is dead now" };
        var ids = new Option<string[]>("--id") { Description = "One message, by the id that 'moss queues' shows; may be given several times" };
        var command = new Command("requeue", "Put dead messages back into the queues that they died in") { all, ids };
        command.Validators.Add(words =>
        {
            if (words.GetValue(all) == words.GetValue(ids) is { Length: > 0 })
            {
                words.AddError("say either --all or --id ID");
            }
        });
        return command.Runs(async (context, cancellationToken) =>
        {
            var result = await context.Client.PostAsync<RequeueView>(
                "api/queues/dead/requeue", context.Get(all) ? new { all = true } : new { ids = context.Get(ids) }, cancellationToken);
            context.Show(result, view =>
            {
                context.Screen.Line($"{view.Requeued.Count} requeued");
                foreach (var left in view.Left)
                {
                    context.Screen.Line($"  {left.Id} is left: {left.Reason}");
                }
            });
            return result.Left.Count == 0 ? ExitCodes.Done : ExitCodes.Refused;
        });
    }
}
