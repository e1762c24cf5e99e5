namespace Moss.CodingAgents.Roles;

/// <summary>What a reviewer says of a change.</summary>
public sealed record CodeReviewReport(CodeDecision Decision, string Reason)
{
    internal static CodeReviewReport Read(ReportReader report) => new(report.Choice<CodeDecision>("decision"), report.Text("reason"));
}

/// <summary>The decisions on a change.</summary>
public enum CodeDecision
{
    /// <summary>It may be built and tried.</summary>
    Approve,

    /// <summary>It must be written again.</summary>
    Reject,
}
