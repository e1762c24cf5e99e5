using System.Collections.Immutable;
using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

/// <summary>Trials, told in a word: one character a trial, + passed, - failed with half the score, x crashed, t timed out, ? not counted.</summary>
internal static class Replayed
{
    public static IEnumerable<TrialResult> Batch(string scenario, string baseline, string candidate) =>
        Both(scenario, Suite.Batch, baseline, candidate);

    public static IEnumerable<TrialResult> Corpus(string scenario, string baseline, string candidate) =>
        Both(scenario, Suite.Corpus, baseline, candidate);

    public static TrialResult Scored(string scenario, Arm arm, int index, params double[] keypoints) => new(
        scenario, Suite.Batch, arm, index, keypoints.All(score => score >= 1) ? TrialOutcome.Passed : TrialOutcome.Failed,
        keypoints.Average(), [.. keypoints.Select((score, number) => new KeypointResult($"k{number}", score))]);

    public static VerdictCase Case(params IEnumerable<TrialResult>[] trials) =>
        new([.. trials.SelectMany(some => some)], Alpha: 0.05, RegressionMargin: 0, Generalisation: 1, Proposal: null);

    private static IEnumerable<TrialResult> Both(string scenario, Suite suite, string baseline, string candidate) =>
        Of(scenario, suite, Arm.Baseline, baseline).Concat(Of(scenario, suite, Arm.Candidate, candidate));

    private static IEnumerable<TrialResult> Of(string scenario, Suite suite, Arm arm, string word) =>
        word.Select((letter, index) => Trial(scenario, suite, arm, index, letter));

    private static TrialResult Trial(string scenario, Suite suite, Arm arm, int index, char letter)
    {
        var (outcome, score) = letter switch
        {
            '+' => (TrialOutcome.Passed, 1.0),
            '-' => (TrialOutcome.Failed, 0.5),
            'x' => (TrialOutcome.Crashed, 0.0),
            't' => (TrialOutcome.TimedOut, 0.0),
            _ => (TrialOutcome.InfrastructureError, 0.0),
        };
        return new(scenario, suite, arm, index, outcome, score, ImmutableArray<KeypointResult>.Empty);
    }
}
