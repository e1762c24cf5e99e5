using System.CommandLine;
using Moss.Cli.Api;
using Moss.Cli.Features;

namespace Moss.Cli.Commands.Substrate;

internal static class CorpusCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "Name of a substrate" };
        return new Command("corpus", "The scenarios that guard a substrate, and what they rest on; for people: held-out ones are named") { name }
            .Runs(async (context, cancellationToken) =>
            {
                var corpus = await context.Client.GetAsync<CorpusView>($"api/substrates/{Uri.EscapeDataString(context.Get(name))}/corpus", cancellationToken);
                context.Show(corpus, view => Print(context, view));
                return ExitCodes.Done;
            });
    }

    private static void Print(CommandContext context, CorpusView view)
    {
        context.Screen.Line(
            $"{view.Substrate}: {view.Guards} scenarios guard, {view.Unproven} of them not proven to be able to fail; {view.Quarantined} quarantined, {view.Duplicates} duplicates");
        if (view.Scenarios.Count > 0)
        {
            context.Screen.Table(
                ["scenario", "state", "live", "why"],
                view.Scenarios.Select(row => new[] { row.Scenario, row.State, $"{row.Live.Passed} of {row.Live.Trials} passed", row.Why }));
        }
    }
}
