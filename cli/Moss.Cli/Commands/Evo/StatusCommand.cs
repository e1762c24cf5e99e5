using System.CommandLine;
using System.Globalization;
using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands.Evo;

internal static class StatusCommand
{
    public static Command Create()
    {
        var evolution = Arguments.OptionalId("evolution", "One evolution (default: all)");
        return new Command("status", "Evolutions and where they stand") { evolution }.Runs(async (context, cancellationToken) =>
        {
            if (context.Get(evolution) is { } id)
            {
                context.Show(await context.Client.GetAsync<EvolutionView>($"api/evolutions/{id}", cancellationToken), view => Print(context.Screen, view));
            }
            else
            {
                context.Show(await context.Client.GetAsync<List<EvolutionView>>("api/evolutions", cancellationToken), views => List(context.Screen, views));
            }

            return ExitCodes.Done;
        });
    }

    public static void Print(Screen screen, EvolutionView view)
    {
        screen.Line($"{view.Id}  {view.Substrate}  {view.Depth}  {view.Phase}  iteration {view.Iteration}");
        ScenarioTable.Print(screen, view.ScenarioResults);
        foreach (var iteration in view.Iterations)
        {
            screen.Line($"iteration {iteration.Iteration}: {iteration.Verdict}: {iteration.Reason}");
        }

        if (view.Ending is { } ending)
        {
            screen.Line($"ended: {ending.Verdict}: {ending.Reason}");
        }

        if (view.Production is { } production)
        {
            screen.Line($"rolled back in production by {production.By}: {production.Reason}");
        }
    }

    private static void List(Screen screen, IReadOnlyList<EvolutionView> views) => screen.Table(
        ["evolution", "substrate", "phase", "iteration", "started", "verdict"],
        views.Select(view => new[]
        {
            view.Id.ToString(), view.Substrate, view.Phase, view.Iteration.ToString(CultureInfo.InvariantCulture),
            view.StartedAt.ToString("u", CultureInfo.InvariantCulture), view.Ending?.Verdict ?? view.Ruling?.Verdict ?? "",
        }));
}
