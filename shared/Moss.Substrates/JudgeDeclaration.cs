namespace Moss.Substrates;

/// <summary>A model that judges keypoints, and how steady it must be.</summary>
/// <param name="Model">Which.</param>
public sealed record JudgeDeclaration(JudgeModel Model)
{
    /// <summary>Answers to each question; odd, and more than half of them decide.</summary>
    public int Votes { get; init; } = 5;

    /// <summary>Largest share of votes that may go against their own majority, 0 to 1.</summary>
    public double MaximumFlipRate { get; init; } = 0.1;

    /// <summary>Smallest share of the labels of a grader that it must agree with, 0 to 1.</summary>
    public double MinimumAgreement { get; init; } = 0.9;

    /// <summary>Wall clock of one answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>A model that Moss itself asks.</summary>
/// <param name="Upstream">Its server in the settings of Moss, <c>Moss:Models</c>.</param>
/// <param name="Name">Its name at that server.</param>
public sealed record JudgeModel(string Upstream, string Name);
