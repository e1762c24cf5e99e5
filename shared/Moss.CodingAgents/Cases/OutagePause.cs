namespace Moss.CodingAgents.Cases;

/// <summary>
/// Whether it is worth waiting for agents of whom none can be had. Only where a model said how long it wants to be left alone (RFC 9110, 10.2.3
/// Retry-After), and not for long: a stage that waits holds its evolution.
/// </summary>
public static class OutagePause
{
    /// <summary>How often everybody is asked at most.</summary>
    public const int MostTries = 4;

    /// <summary>The longest pause that is waited for.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How long to wait before everybody is asked again; null to give up.</summary>
    /// <param name="asked">How long a model wants to be left alone; null when none says so.</param>
    /// <param name="tries">How often everybody was asked, 1 or more.</param>
    public static TimeSpan? Of(TimeSpan? asked, int tries) => tries < MostTries && asked <= Longest ? asked : null;
}
