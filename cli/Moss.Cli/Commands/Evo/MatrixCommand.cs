using System.CommandLine;
using System.Globalization;
using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Cli.Output;

namespace Moss.Cli.Commands.Evo;

internal static class MatrixCommand
{
    public static Command Create()
    {
        var evolution = Arguments.Evolution();
        return new Command("matrix", "Keypoints of the batch by iteration, with the best so far") { evolution }
            .Runs(async (context, cancellationToken) =>
            {
                var view = await context.Client.GetAsync<MatrixView>($"api/evolutions/{context.Get(evolution)}/matrix", cancellationToken);
                context.Show(view, shown => Print(context.Screen, shown));
                return ExitCodes.Done;
            });
    }

    private static void Print(Screen screen, MatrixView view)
    {
        screen.Table(
            ["scenario", "keypoint", .. view.Iterations.Select(Column), "best"],
            view.Keypoints.Select(row => (string[])[row.Scenario, row.Keypoint, .. row.Means.Select(Score), $"{Score(row.Best)} ({Column(row.BestAt)})"]));
        if (view.Plateaued)
        {
            screen.Line($"plateaued: no keypoint beat its best for {view.PlateauWindow} {(view.PlateauWindow == 1 ? "iteration" : "iterations")}");
        }
    }

    private static string Column(int iteration) => iteration == 0 ? "baseline" : iteration.ToString(CultureInfo.InvariantCulture);

    private static string Score(double mean) => mean.ToString("0.00", CultureInfo.InvariantCulture);
}
