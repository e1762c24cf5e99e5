namespace Moss.CodingAgents.Prompts;

/// <summary>How much of what was recorded goes into one prompt, in characters (about four a token).</summary>
public sealed record PromptLimits
{
    /// <summary>All evidence together, shared evenly.</summary>
    public int Evidence { get; init; } = 120_000;

    /// <summary>One piece of evidence.</summary>
    public int EvidenceItem { get; init; } = 16_000;

    /// <summary>A diff under review, a diagnosis, a plan, results: each.</summary>
    public int Document { get; init; } = 100_000;

    /// <summary>The diff of one earlier candidate.</summary>
    public int AttemptDiff { get; init; } = 8_000;

    /// <summary>Names of editable files.</summary>
    public int EditableFiles { get; init; } = 20_000;
}
