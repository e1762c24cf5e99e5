using Moss.CodingAgents.Sessions;

namespace Moss.AgentChecks.Checks;

/// <summary>What a check expects of an outcome; the complaint has the outcome's own reason.</summary>
internal static class Outcomes
{
    public static TReport Reported<TReport>(this RoleOutcome<TReport> outcome)
        where TReport : class => outcome is RoleOutcome<TReport>.Reported reported ? reported.Report : throw Not("a report", outcome);

    public static RoleOutcome<TReport>.Unavailable Unavailable<TReport>(this RoleOutcome<TReport> outcome)
        where TReport : class => outcome as RoleOutcome<TReport>.Unavailable ?? throw Not("an outage", outcome);

    /// <summary>Its reason.</summary>
    public static string Unsuccessful<TReport>(this RoleOutcome<TReport> outcome)
        where TReport : class => outcome switch
        {
            RoleOutcome<TReport>.Failed failed => failed.Reason,
            RoleOutcome<TReport>.Unavailable unavailable => unavailable.Reason,
            _ => throw Not("no result", outcome),
        };

    private static ShouldAssertException Not<TReport>(string wanted, RoleOutcome<TReport> outcome)
        where TReport : class => new(outcome switch
        {
            RoleOutcome<TReport>.Reported reported => $"{wanted} was expected, and it reported {reported.Json}",
            RoleOutcome<TReport>.Failed failed => $"{wanted} was expected, and it failed: {failed.Reason}",
            RoleOutcome<TReport>.Unavailable unavailable => $"{wanted} was expected, and it was unavailable: {unavailable.Reason}",
            _ => $"{wanted} was expected, and it is {outcome}",
        });
}
