using System.CommandLine;
using Moss.Cli.Api;
using Moss.Cli.Commands.Evo;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Audit;

internal static class RederiveCommand
{
    public static Command Create()
    {
        var evolution = Arguments.Evolution();
        return new Command("rederive", "Make every decision of an evolution anew from its stored events, without agents or sandboxes, and compare") { evolution }
            .Runs(async (context, cancellationToken) =>
            {
                var derived = await context.Client.GetAsync<RederivationView>($"api/audit/rederive/{context.Get(evolution)}", cancellationToken);
                context.Show(derived, view =>
                {
                    foreach (var line in Lines(view))
                    {
                        context.Screen.Line(line);
                    }
                });
                return derived.Ok ? ExitCodes.Done : ExitCodes.VerdictDiffers;
            });
    }

    private static IEnumerable<string> Lines(RederivationView view)
    {
        foreach (var row in view.Rows)
        {
            foreach (var difference in row.Differences)
            {
                yield return $"DIFFERS: {Name(row)}: {difference.Field} is '{difference.Stored}', and its trials give '{difference.Derived}'";
            }

            if (row.Result == "UnknownPolicy")
            {
                yield return $"not derived: {Name(row)} was made by rule {row.Policy}, which this Moss does not know";
            }
        }

        yield return view switch
        {
            { Ok: false } => $"{view.Decisions} decisions derived again from stored events alone: NOT ALL AGREE",
            { Unknown: > 0 } => $"{view.Decisions - view.Unknown} decisions derived again from stored events alone agree, {view.Unknown} cannot be derived here",
            _ => $"{view.Decisions} decisions derived again from stored events alone: all agree",
        };
    }

    private static string Name(DecisionView row) => $"{row.Decision} of iteration {row.Iteration} (version {row.Version})";
}
