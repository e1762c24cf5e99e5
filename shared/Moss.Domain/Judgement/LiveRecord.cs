using System.Collections.Immutable;

namespace Moss.Domain.Judgement;

/// <summary>How a scenario behaves on the live version.</summary>
public enum Steadiness
{
    /// <summary>Every trial that counts passed.</summary>
    Steady,

    /// <summary>Some passed and some did not.</summary>
    Flaky,

    /// <summary>None passed, or none counts.</summary>
    Failing,
}

/// <summary>Everything that is known of one scenario on the live version.</summary>
/// <param name="Scenario">Scenario id.</param>
/// <param name="Passed">Trials that passed, 0 to <paramref name="Trials"/>.</param>
/// <param name="Trials">Trials that count.</param>
public sealed record LiveRecord(string Scenario, int Passed, int Trials)
{
    /// <summary>Share of trials that passed, 0 to 1; 0 without trials.</summary>
    public double Rate => Trials == 0 ? 0 : (double)Passed / Trials;

    /// <summary>What that makes of it.</summary>
    public Steadiness Steadiness => Passed == 0 ? Steadiness.Failing : Passed == Trials ? Steadiness.Steady : Steadiness.Flaky;

    /// <summary>A record for each scenario that has a trial of the baseline which counts, in the order of their names.</summary>
    public static ImmutableArray<LiveRecord> Of(IEnumerable<TrialResult> trials) =>
    [
        .. trials.Where(trial => trial is { Arm: Arm.Baseline, Counts: true })
            .GroupBy(trial => trial.Scenario)
            .Select(scenario => new LiveRecord(scenario.Key, scenario.Count(trial => trial.Passed), scenario.Count()))
            .OrderBy(record => record.Scenario, StringComparer.Ordinal),
    ];
}
