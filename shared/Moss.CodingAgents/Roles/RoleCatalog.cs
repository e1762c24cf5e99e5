namespace Moss.CodingAgents.Roles;

/// <summary>All roles.</summary>
public static class RoleCatalog
{
    /// <summary>Find where the fault is.</summary>
    public static RoleSpec<LocateReport> Locate { get; } = new(Role.Locate, LocateReport.Read);

    /// <summary>Say what to change.</summary>
    public static RoleSpec<PlanReport> Plan { get; } = new(Role.Plan, PlanReport.Read);

    /// <summary>Approve or reject a plan.</summary>
    public static RoleSpec<PlanReviewReport> ReviewPlan { get; } = new(Role.ReviewPlan, PlanReviewReport.Read);

    /// <summary>Change the code. What counts is what git finds, so many a tool that gives no report can play it.</summary>
    public static RoleSpec<ImplementReport> Implement { get; } = new(Role.Implement, ImplementReport.Read, ImplementReport.None);

    /// <summary>Approve or reject a change.</summary>
    public static RoleSpec<CodeReviewReport> ReviewCode { get; } = new(Role.ReviewCode, CodeReviewReport.Read);

    /// <summary>Propose a verdict.</summary>
    public static RoleSpec<VerdictReport> ProposeVerdict { get; } = new(Role.ProposeVerdict, VerdictReport.Read);
}
