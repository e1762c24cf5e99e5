using System.Diagnostics.Metrics;
using Moss.Replays;

namespace Moss.Trials.Replaying;

/// <summary>Trials by how they ended, and how long they took; their rate is trials per second.</summary>
internal static class TrialMeter
{
    private static readonly Meter Meter = new("Moss.Trials");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("moss.trial.duration", "s", "Wall clock of a trial, by outcome");

    public static void Done(Replay replay) => Duration.Record(
        replay.Duration.TotalSeconds, new KeyValuePair<string, object?>("moss.outcome", replay.Outcome.ToString()));
}
