namespace Moss.Domain.Judgement;

/// <summary>Trials by how they ended; the kinds are told apart wherever they are counted.</summary>
/// <param name="Passed">Every required grader passed.</param>
/// <param name="Failed">Ran to its end, and a required grader did not pass.</param>
/// <param name="TimedOut">Did not end within its wall clock.</param>
/// <param name="Crashed">Ended with an error, a signal, or without an answer.</param>
/// <param name="InfrastructureErrors">Could not be run; says nothing about the version.</param>
public sealed record OutcomeTally(int Passed, int Failed, int TimedOut, int Crashed, int InfrastructureErrors)
{
    /// <summary>Trials that say something about the version.</summary>
    public int Counted => Passed + Failed + TimedOut + Crashed;

    /// <summary>The tally of some trials.</summary>
    public static OutcomeTally Of(IEnumerable<TrialResult> trials)
    {
        var counts = trials.CountBy(trial => trial.Outcome).ToDictionary();
        return new(
            counts.GetValueOrDefault(TrialOutcome.Passed), counts.GetValueOrDefault(TrialOutcome.Failed), counts.GetValueOrDefault(TrialOutcome.TimedOut),
            counts.GetValueOrDefault(TrialOutcome.Crashed), counts.GetValueOrDefault(TrialOutcome.InfrastructureError));
    }

    /// <summary>The exact interval of the pass rate.</summary>
    /// <param name="confidence">Above 0, below 1.</param>
    public Interval Interval(double confidence = 0.95) => Judgement.Interval.OfRate(Passed, Counted, confidence);
}
