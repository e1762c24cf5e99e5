using System.Globalization;

namespace Moss.AgentTools.Roles;

/// <summary>A mechanical check of a change: it touches what was planned, and the batch does better than before.</summary>
internal static class ReviewCodeRole
{
    public static async Task<ReviewReport> RunAsync(Desk desk, CancellationToken cancellationToken)
    {
        var touched = UnifiedDiff.Parse(desk.Assignment.Diff ?? "").Select(f => f.Path).ToList();
        if (touched.Count == 0)
        {
            return new ReviewReport("reject", "Mechanical check: the diff changes no file.");
        }

        var planned = desk.Plan is { Files.IsDefaultOrEmpty: false } plan ? plan.Files : desk.Assignment.EditableFiles;
        var strange = touched.Where(f => !planned.Contains(f) || !desk.Assignment.EditableFiles.Contains(f)).ToList();
        if (strange.Count > 0)
        {
            return new ReviewReport("reject", $"Mechanical check: {string.Join(", ", strange)} was not planned or may not be edited.");
        }

        return desk.HasRunner
            ? await ReplayedAsync(desk, cancellationToken)
            : new ReviewReport("approve", "Mechanical check only: every changed file was planned and may be edited. No scenario was run.");
    }

    private static async Task<ReviewReport> ReplayedAsync(Desk desk, CancellationToken cancellationToken)
    {
        var results = await desk.ReplayAsync(coverage: false, cancellationToken);
        var before = desk.Assignment.Scenarios.ToDictionary(s => s.Id, s => s.BaselineScore, StringComparer.Ordinal);
        var worse = results.Where(r => before.TryGetValue(r.Scenario, out var score) && r.Score < score - 1e-9).Select(r => r.Scenario).ToList();
        var passed = results.Count(r => r.Passed);
        var count = string.Create(CultureInfo.InvariantCulture, $"{passed} of {results.Length} scenarios of the batch pass");
        if (worse.Count > 0)
        {
            return new ReviewReport("reject", $"Mechanical check: {count}, but {string.Join(", ", worse)} does worse than at baseline.");
        }

        var raised = passed == results.Length || results.Any(r => before.TryGetValue(r.Scenario, out var score) && r.Score > score + 1e-9);
        return raised
            ? new ReviewReport("approve", $"Mechanical check only: every changed file was planned and may be edited; {count}, none does worse than at baseline. Style and meaning were not judged.")
            : new ReviewReport("reject", $"Mechanical check: {count}; none does better than at baseline.");
    }
}
