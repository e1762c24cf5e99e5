using System.Collections.Immutable;

namespace Moss.CodingAgents.Roles;

/// <summary>What to change and why.</summary>
/// <param name="RootCause">Why the scenarios fail.</param>
/// <param name="Change">What to change.</param>
/// <param name="Files">Files that will change, relative to the work tree; at least one.</param>
/// <param name="LeftAlone">What is deliberately not changed.</param>
/// <param name="ExpectedEffect">What each scenario of the batch will do afterwards; checked by the trials.</param>
/// <param name="Risk">What could get worse.</param>
public sealed record PlanReport(
    string RootCause, string Change, ImmutableArray<string> Files, string LeftAlone, ImmutableArray<ExpectedEffect> ExpectedEffect, string Risk)
{
    internal static PlanReport Read(ReportReader report)
    {
        var files = report.Texts("files").Select(RepositoryPath.Normalise).ToImmutableArray();
        report.Require(!files.IsEmpty, "files", "must name at least one file");
        report.Require(files.All(file => file.Length == 0 || RepositoryPath.IsInside(file)), "files", RepositoryPath.Rule);
        return new(
            report.Text("rootCause"), report.Text("change"), files, report.OptionalText("leftAlone"),
            report.List("expectedEffect", CodingAgents.Roles.ExpectedEffect.Read, required: false), report.OptionalText("risk"));
    }
}

/// <summary>What a scenario will do.</summary>
/// <param name="Scenario">Id.</param>
/// <param name="Effect">In a sentence.</param>
public sealed record ExpectedEffect(string Scenario, string Effect)
{
    internal static ExpectedEffect Read(ReportReader report) => new(report.Text("scenario", 80), report.Text("effect"));
}
