namespace Moss.AgentTools.Roles;

/// <summary>The plan of a search: try small changes where the diagnosis points, keep what the scenarios confirm.</summary>
internal static class PlanRole
{
    public static PlanReport Run(Desk desk)
    {
        var editable = desk.Assignment.EditableFiles;
        var suspects = desk.Diagnosis is { Files.IsDefault: false } diagnosis
            ? diagnosis.Files.Select(f => f.Path).Where(editable.Contains).Distinct(StringComparer.Ordinal).ToList()
            : [];
        var files = suspects.Count > 0 ? suspects : editable.Where(f => desk.Languages.Any(l => l.Reads(f))).ToList();
        return new PlanReport(
            RootCause: desk.Diagnosis?.Summary ?? "Not known; the failing scenarios execute the files named here.",
            Change: "Search for a small change (operator, constant, name, condition, call, missing or misplaced statement) in the most suspicious "
                + "lines, step by step, that makes the failing scenarios pass and takes nothing from those that pass.",
            Files: [.. files],
            LeftAlone: "Every other file; scenarios, graders and declarations.",
            ExpectedEffect: [.. desk.Assignment.Scenarios.Select(s => new ExpectedEffect(s.Id, s.BaselineScore < 1 ? "passes" : "still passes"))],
            Risk: "A change found from few scenarios may fit them and nothing else; the held-out ones must decide.");
    }
}
