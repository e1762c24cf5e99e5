namespace Moss.Domain.Watching;

/// <summary>
/// Wald's sequential probability ratio test on outcomes that failed or did not, run again and again: whenever it has accepted that
/// failures are acceptable it begins anew, so that what goes wrong late is not outweighed by what went well before. Its runs share the
/// false-alarm rate: the first has four fifths of it, the k-th of the others 1/(k(k+1)) of the last fifth. The ratio of a run is a
/// martingale while failures are acceptable, so the chance that it ever passes 1/share is at most that share (Ville's inequality), however
/// often one looks; together they are at most the rate that was declared.
/// </summary>
/// <param name="Evidence">Logarithm of the likelihood ratio of the run, unacceptable over acceptable.</param>
/// <param name="Accepted">Runs that accepted so far.</param>
public readonly record struct SequentialTest(double Evidence, int Accepted)
{
    private const double FirstShare = 0.8;

    /// <summary>The test after some more outcomes, whose order within them is not known.</summary>
    /// <param name="limits">What is told apart.</param>
    /// <param name="failures">How many failed, 0 or more.</param>
    /// <param name="successes">How many did not, 0 or more.</param>
    public SequentialTest After(FailureLimits limits, double failures, double successes)
    {
        var evidence = Evidence
            + (failures * Math.Log(limits.Unacceptable / limits.Acceptable))
            + (successes * Math.Log((1 - limits.Unacceptable) / (1 - limits.Acceptable)));
        return evidence <= Math.Log(limits.Miss) && evidence < Alarm(limits)
            ? new SequentialTest(0, Accepted + 1)
            : this with { Evidence = evidence };
    }

    /// <summary>True when failures are unacceptable, as surely as was declared.</summary>
    public bool Rejects(FailureLimits limits) => Evidence >= Alarm(limits);

    /// <summary>The evidence from which on this run rejects.</summary>
    public double Alarm(FailureLimits limits)
    {
        var share = Accepted == 0 ? FirstShare : (1 - FirstShare) / ((double)Accepted * (Accepted + 1));
        return -Math.Log(limits.FalseAlarm * share);
    }
}
