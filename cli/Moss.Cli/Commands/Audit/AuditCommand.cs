using System.CommandLine;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Audit;

internal static class AuditCommand
{
    public static Command Create() => new("audit", "Prove what happened") { Verify(), RederiveCommand.Create() };

    private static Command Verify() => new Command("verify", "Recompute every hash chain of the event store").Runs(async (context, cancellationToken) =>
    {
        var audit = await context.Client.GetAsync<AuditView>("api/audit/verify", cancellationToken);
        context.Show(audit, view =>
        {
            context.Screen.Line($"{view.Events} events in {view.Streams} streams: {(view.Ok ? "nothing was changed" : "history was changed")}");
            foreach (var problem in view.Problems)
            {
                context.Screen.Line($"  {problem.Stream} version {problem.Version}: {problem.Problem}");
            }
        });
        return audit.Ok ? ExitCodes.Done : ExitCodes.AuditFailed;
    });
}
