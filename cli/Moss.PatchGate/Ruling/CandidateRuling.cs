using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.PatchGate.Sets;
using Moss.PatchGate.Trying;

namespace Moss.PatchGate.Ruling;

/// <summary>Asks the policy in force about a candidate twice: with the visible scenarios alone, and with all of them. Pure.</summary>
internal static class CandidateRuling
{
    public static RuledLine Of(PatchProgram program, PatchCandidate candidate, TriedVersion baseline, TriedVersion tried)
    {
        if (tried.Stage is { } stage)
        {
            var refused = new RuledAs(false, stage, tried.Problem);
            return new(program.Name, candidate.Name, refused, refused, 0);
        }

        var visible = program.Scenarios.Where(PatchProgram.IsVisible).Select(scenario => scenario.Id).ToHashSet(StringComparer.Ordinal);
        var all = baseline.Trials.AddRange(tried.Trials);
        return new(
            program.Name, candidate.Name, Rule(program, [.. all.Where(trial => visible.Contains(trial.Scenario))]), Rule(program, all), tried.Trials.Length);
    }

    private static RuledAs Rule(PatchProgram program, ImmutableArray<TrialResult> trials)
    {
        if (!trials.Any(trial => trial.Suite == Suite.Batch))
        {
            return new(false, nameof(Verdict.NotReproduced), "no visible scenario fails on the base");
        }

        var declared = program.Declaration.Verdict;
        var ruling = VerdictPolicy.Rule(
            new(trials, AlphaSpending.PerIteration(declared.Alpha, TrialSchedule.Iterations), declared.RegressionMargin, declared.Generalisation, null)
            {
                LeastFailures = declared.LeastFailures,
            });
        return new(ruling.Verdict == Verdict.Converged, ruling.Verdict.ToString(), ruling.Detail);
    }
}
