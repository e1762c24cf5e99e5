using System.Globalization;
using Moss.CodingAgents.Prompts;
using Moss.Contracts.Trials;

namespace Moss.CodingAgents.Cases;

/// <summary>What the trials of the base commit said about the batch.</summary>
internal static class BaselineNotes
{
    /// <summary>Mean score of a scenario; 0 when it was not measured.</summary>
    public static double ScoreOf(CaseRequest request, string scenario) =>
        Trials(request).Where(trial => trial.Scenario == scenario).Select(trial => trial.Score).DefaultIfEmpty(0).Average();

    /// <summary>One note per scenario: how its first failed trial ended. What a grader notes can quote the substrate.</summary>
    public static IEnumerable<PromptEvidence> Of(CaseRequest request) => Trials(request)
        .Where(trial => trial.Outcome != "Passed")
        .GroupBy(trial => trial.Scenario, StringComparer.Ordinal)
        .Select(group => group.MinBy(trial => trial.Index)!)
        .Select(trial => new PromptEvidence($"trial of scenario {trial.Scenario} on the unchanged source", string.Join('\n', Lines(trial))));

    private static IEnumerable<string> Lines(TrialReport trial) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"{trial.Outcome}, score {trial.Score:0.00}. {trial.Note}"),
        .. trial.Keypoints.Where(keypoint => keypoint.Score < 1).Select(keypoint => string.Create(
            CultureInfo.InvariantCulture, $"{keypoint.Keypoint}: {keypoint.Score:0.00} {keypoint.Note}")),
    ];

    private static IEnumerable<TrialReport> Trials(CaseRequest request) => request.Baseline.Where(
        trial => trial is { Suite: "Batch", Arm: "Baseline" } && trial.Outcome != "InfrastructureError" && request.Subject.Scenarios.Contains(trial.Scenario));
}
