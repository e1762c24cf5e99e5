using Moss.Domain.Evolution;
using Moss.Domain.Judgement;

namespace Moss.Orchestrator.Api;

/// <summary>
/// Keypoints by iteration. The keypoints are those of the baseline and stay as they are; columns are the baseline, as iteration 0, and
/// each iteration whose candidate was tried on the same base. Plateaued when nothing got better for <paramref name="PlateauWindow"/> of them.
/// </summary>
internal sealed record MatrixView(
    Guid Evolution, string Substrate, IReadOnlyList<int> Iterations, IReadOnlyList<KeypointView> Keypoints, int PlateauWindow, bool Plateaued)
{
    public static MatrixView Of(EvolutionState state)
    {
        IterationRecord[] tried = [.. Rulings.Tried(state)];
        var matrix = KeypointMatrix.Of(state.Baseline, [.. tried.Select(iteration => iteration.Trials)]);
        int[] columns = [0, .. tried.Select(iteration => iteration.Iteration)];
        var window = state.Start!.Budget.PlateauWindow;
        return new(
            state.Start.Evolution, state.Start.Substrate, columns,
            [.. matrix.Rows.Select(row => new KeypointView(row.Scenario, row.Keypoint, row.Means, row.Best, columns[row.BestAt]))],
            window, matrix.HasPlateaued(window));
    }
}

/// <summary>One keypoint: its mean score, 0 to 1, in each column, the best so far, and the iteration that first reached it.</summary>
internal sealed record KeypointView(string Scenario, string Keypoint, IReadOnlyList<double> Means, double Best, int BestAt);
