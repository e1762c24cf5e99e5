using System.Collections.Immutable;
using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class KeypointMatrixTests
{
    // Two keypoints, one scenario; a column per iteration, the first is the baseline.
    [Theory]
    [InlineData("0 0", 1, false)]
    [InlineData("0 0|0 0", 1, true)]
    [InlineData("0 0|1 0", 1, false)]
    [InlineData("0 0|1 0|1 0", 1, true)]
    [InlineData("0 0|1 0|1 0", 2, false)]
    [InlineData("0 0|1 0|1 0|1 0", 2, true)]
    [InlineData("0 0|1 0|0 0|1 0", 2, true)]
    [InlineData("0 0|0 0|0 1", 2, false)]
    [InlineData("1 0|0 0|1 0", 2, true)]
    [InlineData("0.5 0|0.6 0|0.7 0", 1, false)]
    public void It_has_plateaued_when_no_keypoint_beat_its_best_for_a_window(string columns, int window, bool expected) =>
        Matrix(columns).HasPlateaued(window).ShouldBe(expected);

    [Fact]
    public void A_gain_elsewhere_makes_up_for_no_loss_but_is_no_plateau() => Matrix("1 0|0 1").HasPlateaued(1).ShouldBeFalse();

    [Fact]
    public void An_iteration_in_which_nothing_was_tried_beats_nothing() =>
        KeypointMatrix.Of([Replayed.Scored("a", Arm.Baseline, 0, 0, 1)], [[]]).HasPlateaued(1).ShouldBeTrue();

    [Fact]
    public void A_keypoint_that_the_baseline_did_not_have_is_no_gain() =>
        KeypointMatrix.Of([Replayed.Scored("a", Arm.Baseline, 0, 0)], [[Replayed.Scored("a", Arm.Candidate, 0, 0, 1)]])
            .HasPlateaued(1).ShouldBeTrue();

    [Fact]
    public void The_mean_over_trials_counts_not_the_best_one()
    {
        ImmutableArray<TrialResult> baseline = [Replayed.Scored("a", Arm.Baseline, 0, 0.5), Replayed.Scored("a", Arm.Baseline, 1, 0.5)];
        ImmutableArray<TrialResult> flaky = [Replayed.Scored("a", Arm.Candidate, 0, 1), Replayed.Scored("a", Arm.Candidate, 1, 0)];

        KeypointMatrix.Of(baseline, [flaky]).HasPlateaued(1).ShouldBeTrue();
    }

    [Fact]
    public void The_baselines_own_trials_of_an_iteration_are_no_gain() =>
        KeypointMatrix.Of([Replayed.Scored("a", Arm.Baseline, 0, 0)], [[Replayed.Scored("a", Arm.Baseline, 0, 1), Replayed.Scored("a", Arm.Candidate, 0, 0)]])
            .HasPlateaued(1).ShouldBeTrue();

    [Fact]
    public void A_row_knows_its_best_and_who_first_reached_it()
    {
        var rows = Matrix("0 0.5|1 0.2|1 0.4").Rows;

        rows.Select(row => (row.Scenario, row.Keypoint, row.Best, row.BestAt)).ShouldBe([("a", "k0", 1, 1), ("a", "k1", 0.5, 0)]);
        rows[1].Means.ShouldBe([0.5, 0.2, 0.4]);
    }

    [Fact]
    public void A_window_of_nothing_is_refused() => Should.Throw<ArgumentOutOfRangeException>(() => Matrix("0 0|1 0").HasPlateaued(0));

    private static KeypointMatrix Matrix(string columns)
    {
        double[][] scores = [.. columns.Split('|').Select(column =>
            column.Split(' ').Select(score => double.Parse(score, System.Globalization.CultureInfo.InvariantCulture)).ToArray())];
        return KeypointMatrix.Of(
            [Replayed.Scored("a", Arm.Baseline, 0, scores[0])],
            [.. scores.Skip(1).Select(score => ImmutableArray.Create(Replayed.Scored("a", Arm.Candidate, 0, score)))]);
    }
}
