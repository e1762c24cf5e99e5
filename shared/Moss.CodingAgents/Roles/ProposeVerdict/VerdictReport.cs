namespace Moss.CodingAgents.Roles;

/// <summary>An opinion on the evolution; the policy rules.</summary>
public sealed record VerdictReport(VerdictProposal Proposal, string Reason)
{
    internal static VerdictReport Read(ReportReader report) => new(report.Choice<VerdictProposal>("proposal"), report.Text("reason"));
}

/// <summary>What can be proposed.</summary>
public enum VerdictProposal
{
    /// <summary>The failures are repaired.</summary>
    Converged,

    /// <summary>Not yet.</summary>
    NeedMoreWork,

    /// <summary>The model cannot do it.</summary>
    FundamentalLimitModel,

    /// <summary>It would need another architecture.</summary>
    FundamentalLimitArchitecture,
}
