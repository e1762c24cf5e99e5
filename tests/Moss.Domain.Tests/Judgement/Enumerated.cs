namespace Moss.Domain.Tests.Judgement;

/// <summary>Chances by counting every outcome, without a formula of the code under test.</summary>
internal static class Enumerated
{
    public static double Choose(int all, int some) =>
        some < 0 || some > all ? 0 : Enumerable.Range(1, some).Aggregate(1.0, (product, k) => product * (all - some + k) / k);

    public static double Binomial(int passed, int trials, double rate) =>
        Choose(trials, passed) * Math.Pow(rate, passed) * Math.Pow(1 - rate, trials - passed);

    /// <summary>Every row of passes and failures of some trials, with its chance.</summary>
    public static IEnumerable<(bool[] Passes, double Chance)> Rows(IReadOnlyList<double> rates) => Enumerable.Range(0, 1 << rates.Count).Select(bits =>
    {
        bool[] passes = [.. rates.Select((_, trial) => (bits >> trial & 1) == 1)];
        return (passes, passes.Zip(rates).Aggregate(1.0, (chance, trial) => chance * (trial.First ? trial.Second : 1 - trial.Second)));
    });
}
