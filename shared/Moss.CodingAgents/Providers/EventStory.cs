namespace Moss.CodingAgents.Providers;

/// <summary>What the events of a run say.</summary>
internal sealed record EventStory
{
    /// <summary>True when the provider's own event said that it finished well. Without it nothing did, whatever the exit code.</summary>
    public bool Succeeded { get; init; }

    /// <summary>What it said last.</summary>
    public string Text { get; init; } = "";

    /// <summary>The report, where the provider has one apart from its text.</summary>
    public string? Report { get; init; }

    /// <summary>What it calls the session.</summary>
    public string? Session { get; init; }

    /// <summary>What it used.</summary>
    public AgentCost Cost { get; init; } = AgentCost.Nothing;

    /// <summary>Why it failed, in its words.</summary>
    public string? Problem { get; init; }

    /// <summary>HTTP status with which its model failed it; null when it did not say.</summary>
    public int? Status { get; init; }
}
