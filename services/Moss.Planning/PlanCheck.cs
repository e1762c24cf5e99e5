using Moss.CodingAgents.Roles;
using Moss.Substrates;

namespace Moss.Planning;

/// <summary>What can be said of a plan without asking anyone: a change of a file that is shut would be refused after it was paid for.</summary>
internal static class PlanCheck
{
    /// <summary>Why the plan cannot be carried out, naming the file; null when nothing is against it.</summary>
    public static string? Problem(string plan, EditScopeRules scope) => RoleCatalog.Plan.Parse(plan) switch
    {
        ReportCheck<PlanReport>.Malformed malformed => $"the plan cannot be read: {string.Join("; ", malformed.Problems)}",
        ReportCheck<PlanReport>.Good good when good.Report.Files.FirstOrDefault(file => !scope.Allows(file)) is { } shut =>
            $"the plan changes {shut}, which {scope.WhyNot(shut)}",
        _ => null,
    };
}
