namespace Moss.Domain.Judgement;

/// <summary>One held-out scenario: what is known of it on the live version, what the candidate did, and what follows.</summary>
/// <param name="Live">Everything that is known of the live version.</param>
/// <param name="Passed">Trials of the candidate that passed.</param>
/// <param name="Trials">Trials of the candidate that count.</param>
/// <param name="Margin">How far the pass rate may fall, 0 to 1.</param>
public sealed record Guard(LiveRecord Live, int Passed, int Trials, double Margin)
{
    /// <summary>Chance, per ruling, that any flaky scenario is called worse by a candidate that makes none worse.</summary>
    public const double FalseAlarms = 0.05;

    private const double Rounding = 1e-9;

    /// <summary>Share of <see cref="FalseAlarms"/> that a flaky scenario may spend: its part among those that are flaky.</summary>
    public double Level { get; init; } = FalseAlarms;

    /// <summary>Of the test for harm; null where none is needed: what never failed must not begin to, and what never passed cannot get worse.</summary>
    public double? PValue => Live.Steadiness == Steadiness.Flaky ? HarmTest.PValue(Live, Passed, Trials, Margin, Level) : null;

    /// <summary>True when the candidate broke it.</summary>
    public bool IsWorse => Trials > 0 && Live.Steadiness switch
    {
        Steadiness.Steady => 1 - ((double)Passed / Trials) > Margin + Rounding,
        Steadiness.Flaky => PValue <= Level,
        _ => false,
    };

    /// <summary>True when not even a candidate that never passes could have been called worse: it guards nothing here.</summary>
    public bool IsBlind => Live.Steadiness == Steadiness.Flaky && HarmTest.PValue(Live, 0, Trials, Margin, Level) > Level;

    /// <summary>True when it mostly works on the live version, never did on the candidate, and too few trials count to call that harm.</summary>
    public bool IsUnsettled => IsBlind && Passed == 0 && Live.Rate >= 0.5 - Rounding;
}
