using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Replays.Coverage;

namespace Moss.Trials.Replaying;

/// <summary>
/// Looks what of the source each held-out scenario runs on the live version, so that of many those are replayed first that a change
/// may touch. Its trials are beside those that count.
/// </summary>
internal sealed class TouchProbe(TrialFleet fleet, IEnumerable<ILineCoverage> languages)
{
    /// <summary>One trial of each held-out scenario; none where lines are not cheap to collect, and where all can be replayed first.</summary>
    /// <param name="stage">A baseline.</param>
    /// <param name="ground">What it ran on.</param>
    /// <param name="reports">Its trials.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<TrialReport>> RunAsync(
        RunTrials stage, StageGround ground, IReadOnlyList<TrialReport> reports, CancellationToken cancellationToken)
    {
        string[] corpus = [.. reports.Where(report => report.Suite == nameof(Suite.Corpus)).Select(report => report.Scenario).Distinct()];
        return stage.CandidateCommit is null && corpus.Length > stage.FirstGuards && ground.Sources[Arm.Baseline] is ReplaySource.Tree
            && languages.Any(language => language.Language == ground.Substrate.Declaration.Trial.Coverage)
            ? await fleet.RunAsync(
                stage, [.. corpus.Select(scenario => new PlannedTrial(scenario, Suite.Corpus, Arm.Baseline, 0, WithLines: true))], (_, _) => Task.CompletedTask,
                cancellationToken)
            : [];
    }

    /// <summary>By scenario; null when nothing was looked at.</summary>
    public static IReadOnlyList<FilesRun>? FilesOf(IReadOnlyList<TrialReport> reports) => reports.Count == 0
        ? null
        : [.. reports.Select(report => new FilesRun(report.Scenario, [.. report.Lines!.Select(file => file.Path)]))];
}
