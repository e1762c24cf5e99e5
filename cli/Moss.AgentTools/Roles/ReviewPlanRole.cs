namespace Moss.AgentTools.Roles;

/// <summary>A mechanical check of a plan: it stays inside what may be edited and what the diagnosis names.</summary>
internal static class ReviewPlanRole
{
    public static ReviewReport Run(Desk desk)
    {
        if (desk.Plan is not { Files.IsDefaultOrEmpty: false } plan)
        {
            return new ReviewReport("offTarget", "Mechanical check: the plan names no file.");
        }

        var locked = plan.Files.Except(desk.Assignment.EditableFiles, StringComparer.Ordinal).ToList();
        if (locked.Count > 0)
        {
            return new ReviewReport("offTarget", $"Mechanical check: {string.Join(", ", locked)} may not be edited.");
        }

        var suspects = desk.Diagnosis is { Files.IsDefault: false } diagnosis ? diagnosis.Files.Select(f => f.Path).ToList() : [];
        var strange = suspects.Count == 0 ? [] : plan.Files.Except(suspects, StringComparer.Ordinal).ToList();
        return strange.Count > 0
            ? new ReviewReport("offTarget", $"Mechanical check: {string.Join(", ", strange)} is not among the files of the diagnosis.")
            : new ReviewReport("approve", "Mechanical check only: every file of the plan may be edited and is named by the diagnosis. The reasoning was not judged.");
    }
}
