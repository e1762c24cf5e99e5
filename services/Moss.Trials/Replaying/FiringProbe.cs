using System.Collections.Immutable;
using System.Text;
using Moss.Contracts.Trials;
using Moss.Domain.Implementation;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Replays.Coverage;
using Moss.Workspaces;

namespace Moss.Trials.Replaying;

/// <summary>
/// Looks whether what a candidate changed is run by what passes with it: scenario by scenario, until one runs a changed line. Its trials
/// are beside those that count.
/// </summary>
internal sealed class FiringProbe(TrialFleet fleet, IWorkspaceReader workspaces, IEnumerable<ILineCoverage> languages)
{
    private static readonly ProbeResult Unseen = new(null, []);

    /// <summary>Nothing where lines are not cheap to collect, and where the candidate does not converge anyhow.</summary>
    /// <param name="stage">Of both arms.</param>
    /// <param name="ground">What it ran on.</param>
    /// <param name="reports">Its trials.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ProbeResult> RunAsync(RunTrials stage, StageGround ground, IReadOnlyList<TrialReport> reports, CancellationToken cancellationToken)
    {
        var passing = Passing(reports);
        if (ground.Sources.GetValueOrDefault(Arm.Candidate) is not ReplaySource.Tree || passing.IsEmpty
            || languages.FirstOrDefault(one => one.Language == ground.Substrate.Declaration.Trial.Coverage) is not { } language)
        {
            return Unseen;
        }

        var change = await ChangeAsync(stage, ground, language, cancellationToken);
        var watched = change.All ? passing : [.. passing.Where(trial => trial.Suite == Suite.Batch)];
        var probes = new List<TrialReport>();
        for (var next = 0; change.Lines.Count > 0 && next < watched.Length && Ran(change.Lines, probes) == 0; next++)
        {
            probes.AddRange(await fleet.RunAsync(stage, [watched[next]], (_, _) => Task.CompletedTask, cancellationToken));
        }

        // What passes and does not while it is watched may be what runs the change; so may what no line of the change shows.
        var ran = Ran(change.Lines, probes);
        return change.Lines.Count > 0 && (ran > 0 || (change.All && probes.TrueForAll(HasPassed)))
            ? new(new ChangeFiring(change.Lines.Count, ran, probes.Count(HasPassed)), probes)
            : new(null, probes);
    }

    /// <summary>What passes in every trial, the batch first; nothing when something of the batch does not.</summary>
    private static ImmutableArray<PlannedTrial> Passing(IReadOnlyList<TrialReport> reports)
    {
        var candidate = reports.Where(report => report.Arm == nameof(Arm.Candidate)).GroupBy(report => (report.Scenario, report.Suite)).ToList();
        return candidate.Exists(scenario => scenario.Key.Suite == nameof(Suite.Batch) && !scenario.All(HasPassed))
            ? []
            :
            [
                .. candidate.Where(scenario => scenario.All(HasPassed)).OrderBy(scenario => scenario.Key.Suite == nameof(Suite.Batch) ? 0 : 1)
                    .Select(scenario => new PlannedTrial(scenario.Key.Scenario, Enum.Parse<Suite>(scenario.Key.Suite), Arm.Candidate, 0, WithLines: true)),
            ];
    }

    /// <summary>Every changed line, with the lines that it is run with.</summary>
    private async Task<SeenChange> ChangeAsync(RunTrials stage, StageGround ground, ILineCoverage language, CancellationToken cancellationToken)
    {
        var (repository, candidate) = (ground.Substrate.Entry.Repository, new CommitHash(stage.CandidateCommit!));
        var diff = await workspaces.DiffAsync(repository, new(stage.Subject.BaseCommit), candidate, cancellationToken);
        var (changed, seen) = (ChangedLines.Of(diff.Patch, language.Covers), new List<ChangedLine>());
        foreach (var (path, lines) in changed.ByPath)
        {
            if (await workspaces.ReadFileAsync(repository, candidate, path, cancellationToken) is { } content)
            {
                var statements = language.Statements(Encoding.UTF8.GetString(content));
                seen.AddRange(lines.Select(line => new ChangedLine(path, statements.FirstOrDefault(span => span.First <= line && line <= span.Last, new(line, line)))));
            }
        }

        return new(seen, changed.All);
    }

    private static int Ran(IReadOnlyList<ChangedLine> changed, IReadOnlyList<TrialReport> probes) => changed.Count(line => probes.Any(probe =>
        HasPassed(probe) && probe.Lines!.Any(file => file.Path == line.Path && file.Lines.Any(number => line.With.First <= number && number <= line.With.Last))));

    private static bool HasPassed(TrialReport report) => report.Outcome == nameof(TrialOutcome.Passed);

    private sealed record ChangedLine(string Path, LineSpan With);

    private sealed record SeenChange(IReadOnlyList<ChangedLine> Lines, bool All);
}

/// <summary>What a look found, and the trials that it took.</summary>
internal sealed record ProbeResult(ChangeFiring? Firing, IReadOnlyList<TrialReport> Reports);
