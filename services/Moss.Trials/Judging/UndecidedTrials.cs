using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.Domain.Judgement.Judges;

namespace Moss.Trials.Judging;

/// <summary>
/// What becomes of a candidate of which a trial could not be judged. That trial alone says nothing and does not count; but a candidate may
/// write what its judge will not answer, and so have just those trials vanish that would have failed. Then none of its trials of that scenario
/// count, and it is as if it had not been tried there, which is never a pass. Pure.
/// </summary>
internal static class UndecidedTrials
{
    /// <summary>The same reports, with those that must not count as such that could not be run.</summary>
    public static TrialReport[] Void(IReadOnlyList<TrialReport> reports)
    {
        var undecided = reports.Where(report => report.Arm == nameof(Arm.Candidate) && (report.Judged ?? []).Any(judged => Ballot(judged).Majority is null))
            .Select(report => report.Scenario).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. reports.Select(report => report.Arm == nameof(Arm.Candidate) && undecided.Contains(report.Scenario) && report.Outcome != nameof(TrialOutcome.InfrastructureError)
                ? report with
                {
                    Outcome = nameof(TrialOutcome.InfrastructureError), Score = 0,
                    Note = "another trial of the candidate on this scenario could not be judged, so none of them counts",
                }
                : report),
        ];
    }

    /// <summary>Keypoints that a model decided.</summary>
    public static int Decided(IEnumerable<TrialReport> reports) =>
        reports.Where(report => report.Outcome != nameof(TrialOutcome.InfrastructureError)).Sum(report => (report.Judged ?? []).Count(judged => Ballot(judged).Majority is not null));

    private static Ballot Ballot(JudgedKeypoint judged) => new(judged.Holds, judged.DoesNot, judged.Abstained);
}
