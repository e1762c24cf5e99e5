using System.Text.Json;
using Moss.CodingAgents;

namespace Moss.Planning;

/// <summary>
/// What an agent may know of the results: a row per scenario of the batch with the mean score of each arm. Rows of held-out
/// scenarios are in the same artifact and stay there.
/// </summary>
internal static class BatchResults
{
    /// <param name="json">The results artifact: trials as a list, or as <c>trials</c> of an object.</param>
    /// <param name="batch">Ids that may be told.</param>
    public static string Of(string json, IReadOnlyList<string> batch)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var trials = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("trials", out var inner) ? inner : root;
        var rows = trials.ValueKind == JsonValueKind.Array ? trials.Deserialize<List<Row>>(AgentJson.Options)! : [];
        return JsonSerializer.Serialize(
            rows.Where(row => row is { Suite: "Batch" or "batch", Outcome: not ("InfrastructureError" or "infrastructureError") } && batch.Contains(row.Scenario))
                .GroupBy(row => row.Scenario, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new { Scenario = group.Key, Baseline = Mean(group, "baseline"), Candidate = Mean(group, "candidate"), Trials = group.Count() }),
            AgentJson.Options);
    }

    private static double? Mean(IEnumerable<Row> rows, string arm)
    {
        var scores = rows.Where(row => string.Equals(row.Arm, arm, StringComparison.OrdinalIgnoreCase)).Select(row => row.Score).ToList();
        return scores.Count == 0 ? null : scores.Average();
    }

    private sealed record Row(string Scenario, string Suite, string Arm, string Outcome, double Score);
}
