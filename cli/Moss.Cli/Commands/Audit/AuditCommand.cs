using System.CommandLine;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Audit;

internal static class AuditCommand
{
    public static Command Create() => new("audit", "Prove what happened") { Verify(), RederiveCommand.Create() };

    private static Command Verify()
    {
        var anchors = new Option<string?>("--anchors")
        {
            Description = "Path or URL of a substrate's repository: compare with the anchors on its branch moss/audit too",
        };
        return new Command("verify", "Recompute every hash chain of the event store") { anchors }.Runs(async (context, cancellationToken) =>
        {
            var audit = context.Get(anchors) is { } repository
                ? await CompareAsync(context.Client, await AnchorBranch.ReadAsync(repository, cancellationToken), cancellationToken)
                : await context.Client.GetAsync<AuditView>("api/audit/verify", cancellationToken);
            context.Show(audit, view =>
            {
                var compared = view.Anchors > 0 ? $", compared with {view.Anchors} anchors" : "";
                context.Screen.Line($"{view.Events} events in {view.Streams} streams{compared}: {(view.Ok ? "nothing was changed" : "history was changed")}");
                foreach (var problem in view.Problems)
                {
                    context.Screen.Line(problem.Version < 0 ? $"  {problem.Problem}" : $"  {problem.Stream} version {problem.Version}: {problem.Problem}");
                }
            });
            return audit.Ok ? ExitCodes.Done : ExitCodes.AuditFailed;
        });
    }

    /// <summary>What Moss finds when it holds its store against them.</summary>
    internal static Task<AuditView> CompareAsync(MossClient client, IReadOnlyList<AnchorView> anchors, CancellationToken cancellationToken) =>
        client.PostAsync<AuditView>(
            "api/audit/verify",
            new { streams = anchors.SelectMany(anchor => anchor.Streams!).Distinct(), feed = anchors.Select(anchor => anchor.Feed) },
            cancellationToken);
}
