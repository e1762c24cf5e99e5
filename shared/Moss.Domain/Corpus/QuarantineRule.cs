using Moss.Domain.Judgement;

namespace Moss.Domain.Corpus;

/// <summary>
/// When a scenario is too flaky to guard, and when it may again. One failure of a guard that counts as steady costs an evolution an
/// iteration, and all guards together may raise a false alarm in <see cref="Tolerated"/> of all rulings; a scenario that fails more
/// often than that on an unchanged version breaks the promise by itself, with a single trial. Both decisions rest on the exact
/// one-sided limit of a rate (Clopper and Pearson, Biometrika 26 (1934)) at 95 %; no other number is chosen.
/// </summary>
public static class QuarantineRule
{
    /// <summary>How often a guard may fail on an unchanged version, 0 to 1.</summary>
    public const double Tolerated = Guard.FalseAlarms;

    /// <summary>Of both decisions, each time that they are made.</summary>
    public const double Confidence = 0.95;

    /// <summary>It fails more often than this, at the confidence.</summary>
    /// <param name="passed">Passes, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials that count.</param>
    public static double LeastFailing(int passed, int trials) => 1 - Interval.UpperLimit(passed, trials, Confidence);

    /// <summary>True for what passes and fails on one version, and fails there more often than is tolerated.</summary>
    /// <param name="passed">Passes on the version, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Trials on the version that count.</param>
    public static bool IsTooFlaky(int passed, int trials) => passed > 0 && passed < trials && LeastFailing(passed, trials) > Tolerated;

    /// <summary>
    /// Fewest passes in a row that a scenario which still fails as often as is certain of it would show with a chance of 5 % at most.
    /// </summary>
    /// <param name="leastFailing">Above 0, below 1.</param>
    public static int SteadyTrials(double leastFailing)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leastFailing);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leastFailing, 1);
        return (int)Math.Ceiling(Math.Log(1 - Confidence) / Math.Log(1 - leastFailing));
    }
}
