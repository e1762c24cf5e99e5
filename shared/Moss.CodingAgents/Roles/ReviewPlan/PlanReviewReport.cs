namespace Moss.CodingAgents.Roles;

/// <summary>What a reviewer says of a plan.</summary>
public sealed record PlanReviewReport(PlanDecision Decision, string Reason)
{
    internal static PlanReviewReport Read(ReportReader report) => new(report.Choice<PlanDecision>("decision"), report.Text("reason"));
}

/// <summary>The decisions on a plan.</summary>
public enum PlanDecision
{
    /// <summary>It may be implemented.</summary>
    Approve,

    /// <summary>It does not touch the cause.</summary>
    OffTarget,

    /// <summary>It would repair only some cases of the cause.</summary>
    TooNarrow,
}
