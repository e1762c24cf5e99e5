namespace Moss.Domain.Money;

/// <summary>What calls used together.</summary>
/// <param name="Calls">Stages that were paid for; a stage may ask its model many times.</param>
/// <param name="Dollars">US dollars.</param>
/// <param name="TokensIn">Tokens read.</param>
/// <param name="TokensOut">Tokens written.</param>
/// <param name="Seconds">Wall clock.</param>
public sealed record CostSum(int Calls, decimal Dollars, long TokensIn, long TokensOut, double Seconds)
{
    /// <summary>Nothing.</summary>
    public static CostSum Nothing { get; } = new(0, 0, 0, 0, 0);

    /// <summary>The part of the dollars that is Moss's estimate, because nobody said what the calls cost or used.</summary>
    public decimal Estimated { get; init; }

    /// <summary>Both together.</summary>
    public CostSum Plus(CostSum other) => new(
        Calls + other.Calls, Dollars + other.Dollars, TokensIn + other.TokensIn, TokensOut + other.TokensOut, Seconds + other.Seconds)
    {
        Estimated = Estimated + other.Estimated,
    };
}
