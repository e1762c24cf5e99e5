namespace Moss.AgentTools.Search.Driver;

/// <summary>
/// How much further to look after something was found, in mutants, so that the same search does the same on any machine.
/// </summary>
internal sealed record Effort
{
    public static Effort Usual { get; } = new();

    /// <summary>
    /// Tried at least, once one made everything pass: it may not be the best of those that do. After that only those are
    /// tried whose rank alone could make them the better choice.
    /// </summary>
    public int AfterRepair { get; init; } = 24;

    /// <summary>Tried at least, once one helped some but left scenarios failing that run the line.</summary>
    public int AfterProgress { get; init; } = 48;

    /// <summary>Tried for one failing scenario before another one has its turn.</summary>
    public int Slice { get; init; } = 40;

    /// <summary>Likely single changes out of which pairs are made.</summary>
    public int PairsOf { get; init; } = 60;

    /// <summary>Tried in the function that a step changed, when scenarios that run it still fail: it may be the wrong change at the right place.</summary>
    public int Around { get; init; } = 96;

    /// <summary>Replays at once.</summary>
    public int AtOnce { get; init; } = 2;

    /// <summary>
    /// After a better score that turned no scenario: seldom the defect itself, and in the way of the right change once it is taken, so nearly as
    /// long as with nothing.
    /// </summary>
    public int StopAfterHint(int tried) => tried + (30 * AfterProgress);

    public int StopAfterProgress(int tried) => Math.Max(tried + AfterProgress, tried * 5 / 4);
}
