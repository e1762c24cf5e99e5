using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>
/// Mean score of every keypoint of the batch (row) by iteration (column); column 0 is the baseline. The rows are fixed by the
/// baseline: a keypoint that an iteration did not score counts as 0.
/// </summary>
public sealed class KeypointMatrix
{
    private const double Better = 1e-9;
    private readonly ImmutableArray<ImmutableArray<double>> rows;

    private KeypointMatrix(ImmutableArray<ImmutableArray<double>> rows, int columns) => (this.rows, Columns) = (rows, columns);

    /// <summary>Iterations plus one.</summary>
    public int Columns { get; }

    /// <summary>The matrix of a baseline and the iterations after it, one entry each, empty when nothing was tried.</summary>
    public static KeypointMatrix Of(ImmutableArray<TrialResult> baseline, ImmutableArray<ImmutableArray<TrialResult>> iterations)
    {
        var columns = new[] { Means(baseline, Arm.Baseline) }.Concat(iterations.Select(trials => Means(trials, Arm.Candidate))).ToList();
        return new([.. columns[0].Keys.Select(key => columns.Select(column => column.GetValueOrDefault(key)).ToImmutableArray())], columns.Count);
    }

    /// <summary>True when in each of the last <paramref name="window"/> iterations no keypoint beat its best before.</summary>
    /// <param name="window">1 or more.</param>
    public bool HasPlateaued(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return Columns - 1 >= window && Enumerable.Range(Columns - window, window).All(column => !rows.Any(row => Beats(row, column)));
    }

    private static bool Beats(ImmutableArray<double> row, int column) => row[column] > row.Take(column).Max() + Better;

    private static Dictionary<(string Scenario, string Keypoint), double> Means(ImmutableArray<TrialResult> trials, Arm arm) => trials
        .Where(trial => trial.Suite == Suite.Batch && trial.Arm == arm && trial.Counts)
        .SelectMany(trial => trial.Keypoints.Select(keypoint => (Key: (trial.Scenario, keypoint.Keypoint), keypoint.Score)))
        .GroupBy(entry => entry.Key)
        .ToDictionary(group => group.Key, group => group.Average(entry => entry.Score));
}
