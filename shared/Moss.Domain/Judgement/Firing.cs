namespace Moss.Domain.Judgement;

/// <summary>
/// Whether what a candidate changed is run by anything that passes with it. A gain of which no changed line was run is not the work of
/// the change. It can only lower a verdict: the lines are collected inside of the trial, which could forge them.
/// </summary>
/// <param name="Lines">Lines that it adds or changes where lines are collected; 0 when it changes none there.</param>
/// <param name="Ran">Those of them that a passing scenario ran.</param>
/// <param name="Scenarios">Passing scenarios that were looked at; the look ends with the first that runs a changed line.</param>
public sealed record Firing(int Lines, int Ran, int Scenarios)
{
    /// <summary>Null when there was nothing to see it on.</summary>
    public bool? Yes => Lines == 0 || Scenarios == 0 ? null : Ran > 0;
}
