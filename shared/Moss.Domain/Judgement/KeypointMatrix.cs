using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>
/// Mean score of every keypoint of the batch (row) by iteration (column); column 0 is the baseline. The rows are fixed by the
/// baseline: a keypoint that an iteration did not score counts as 0.
/// </summary>
public sealed class KeypointMatrix
{
    private KeypointMatrix(ImmutableArray<KeypointRow> rows, int columns) => (Rows, Columns) = (rows, columns);

    /// <summary>By scenario, then keypoint, in ordinal order.</summary>
    public ImmutableArray<KeypointRow> Rows { get; }

    /// <summary>Iterations plus one.</summary>
    public int Columns { get; }

    /// <summary>The matrix of a baseline and the iterations after it, one entry each, empty when nothing was tried.</summary>
    public static KeypointMatrix Of(ImmutableArray<TrialResult> baseline, ImmutableArray<ImmutableArray<TrialResult>> iterations)
    {
        var columns = new[] { Means(baseline, Arm.Baseline) }.Concat(iterations.Select(trials => Means(trials, Arm.Candidate))).ToList();
        return new(
            [
                .. columns[0].Keys.OrderBy(key => key.Scenario, StringComparer.Ordinal).ThenBy(key => key.Keypoint, StringComparer.Ordinal)
                    .Select(key => new KeypointRow(key.Scenario, key.Keypoint, [.. columns.Select(column => column.GetValueOrDefault(key))])),
            ],
            columns.Count);
    }

    /// <summary>True when in each of the last <paramref name="window"/> iterations no keypoint beat its best before.</summary>
    /// <param name="window">1 or more.</param>
    public bool HasPlateaued(int window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return Columns - 1 >= window && Enumerable.Range(Columns - window, window).All(column => !Rows.Any(row => row.BeatsItsBest(column)));
    }

    private static Dictionary<(string Scenario, string Keypoint), double> Means(ImmutableArray<TrialResult> trials, Arm arm) => trials
        .Where(trial => trial.Suite == Suite.Batch && trial.Arm == arm && trial.Counts)
        .SelectMany(trial => trial.Keypoints.Select(keypoint => (Key: (trial.Scenario, keypoint.Keypoint), keypoint.Score)))
        .GroupBy(entry => entry.Key)
        .ToDictionary(group => group.Key, group => group.Average(entry => entry.Score));
}

/// <summary>One keypoint from the baseline on.</summary>
/// <param name="Scenario">Scenario id.</param>
/// <param name="Keypoint">The grader's id.</param>
/// <param name="Means">Mean score, 0 to 1, of the baseline and of each iteration that was tried.</param>
public sealed record KeypointRow(string Scenario, string Keypoint, ImmutableArray<double> Means)
{
    private const double Better = 1e-9;

    /// <summary>The best so far.</summary>
    public double Best => Means.Max();

    /// <summary>The column that first reached it, 0 for the baseline.</summary>
    public int BestAt => Means.IndexOf(Best);

    /// <summary>True when a column is better than all before it.</summary>
    public bool BeatsItsBest(int column) => Means[column] > Means.Take(column).Max() + Better;
}
