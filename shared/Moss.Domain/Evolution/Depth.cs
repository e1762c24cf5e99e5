namespace Moss.Domain.Evolution;

/// <summary>How hard an evolution tries.</summary>
public enum Depth
{
    /// <summary>Fifteen minutes of work with a model; also accepted as <c>shallow</c>.</summary>
    Light,

    /// <summary>The default.</summary>
    Standard,

    /// <summary>Hours.</summary>
    Deep,
}

/// <summary>What an evolution may use. Iterations to plateau window are the published system's numbers.</summary>
/// <param name="Iterations">Candidates at most.</param>
/// <param name="PlanRounds">Rejected plans that may be drafted again in one iteration.</param>
/// <param name="CodeRetries">Rejected changes that may be written again in one iteration.</param>
/// <param name="TrialsPerScenario">Fewest trials of one scenario on one arm.</param>
/// <param name="PlateauWindow">
/// Tried iterations without a better keypoint, or iterations in a row without any change, that end the evolution.
/// </param>
public sealed record Budget(int Iterations, int PlanRounds, int CodeRetries, int TrialsPerScenario, int PlateauWindow)
{
    /// <summary>US dollars for all agent calls together; null for no ceiling.</summary>
    public decimal? Dollars { get; init; }

    /// <summary>US dollars for one stage, each of its rounds anew; null for no ceiling.</summary>
    public decimal? DollarsPerStage { get; init; }

    /// <summary>From start to verdict; null for no ceiling.</summary>
    public TimeSpan? WallClock { get; init; }

    /// <summary>Held-out scenarios that are replayed before the batch has passed, 1 or more; null for all of them.</summary>
    public int? FirstGuards { get; init; }

    /// <summary>The budget of a depth.</summary>
    public static Budget Of(Depth depth) => depth switch
    {
        Depth.Light => new(3, 1, 0, 2, 1) { FirstGuards = 10 },
        Depth.Standard => new(5, 2, 1, 3, 2) { FirstGuards = 20 },
        Depth.Deep => new(8, 3, 2, 5, 3) { FirstGuards = 40 },
        _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, "a depth is Light, Standard or Deep"),
    };
}
