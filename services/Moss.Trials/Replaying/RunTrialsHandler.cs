using System.Collections.Immutable;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.EventStore;
using Moss.Replays;
using Moss.ServiceDefaults.Stages;
using Moss.Trials.Building;

namespace Moss.Trials.Replaying;

/// <summary>Replays scenarios: at baseline the batch and the whole corpus, later what the rows name on both arms.</summary>
internal sealed partial class RunTrialsHandler(
    StageDesk desk, ISubstrateLoader substrates, TrialSources sources, TrialRunner runner, IArtifactStore artifacts, TimeProvider time,
    ILogger<RunTrialsHandler> logger) : IConsumer<RunTrials>
{
    public Task Consume(ConsumeContext<RunTrials> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => RunAsync(context, token));

    private async Task<object> RunAsync(ConsumeContext<RunTrials> context, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var command = context.Message;
        var substrate = await substrates.LoadAsync(command.Subject.Substrate, command.Subject.BaseCommit, cancellationToken);
        var plan = Plan(command, substrate);
        var trials = new StageTrials(command.Stage, substrate, await SourcesAsync(command, substrate, cancellationToken), plan);
        var reports = await runner.RunAsync(trials, (report, done) => TellAsync(context, report, done, plan.Length), cancellationToken);
        if (reports.Length > 0 && reports.All(report => report.Outcome == nameof(TrialOutcome.InfrastructureError)))
        {
            throw new IOException($"no trial could be run: {reports[0].Note}");
        }

        var results = new TrialResults(command.Subject.Substrate, command.Subject.BaseCommit, command.CandidateCommit, reports);
        var artifact = await artifacts.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(results, StoredJson.Options), cancellationToken);
        return new TrialsCompleted(command.Stage, reports, artifact, time.GetElapsedTime(started).TotalSeconds);
    }

    private static ImmutableArray<PlannedTrial> Plan(RunTrials command, LoadedSubstrate substrate)
    {
        var named = command.CandidateCommit is null ? command.Subject.Scenarios : command.Rows.Select(row => row.Scenario);
        if (named.FirstOrDefault(id => substrate.Find(id) is null) is { } unknown)
        {
            throw new SubstrateUnusableException(
                $"{substrate.Declaration.Scenarios}/{unknown}.json is not in commit {substrate.Commit}; commit the scenario before a batch names it");
        }

        return command.CandidateCommit is null
            ? TrialPlan.Baseline(substrate.Scenarios.Select(scenario => scenario.Id), command.Subject.Scenarios.ToHashSet(StringComparer.Ordinal), command.TrialsPerScenario)
            : TrialPlan.Paired(command.Rows);
    }

    private async Task<ImmutableDictionary<Arm, ReplaySource>> SourcesAsync(RunTrials command, LoadedSubstrate substrate, CancellationToken cancellationToken)
    {
        var baseline = ImmutableDictionary<Arm, ReplaySource>.Empty.Add(Arm.Baseline, await sources.GetAsync(substrate, substrate.Commit, null, cancellationToken));
        return command.CandidateCommit is null
            ? baseline
            : baseline.Add(Arm.Candidate, await sources.GetAsync(substrate, new(command.CandidateCommit), command.CandidateImage, cancellationToken));
    }

    private async Task TellAsync(ConsumeContext<RunTrials> context, TrialReport report, int done, int total)
    {
        try
        {
            await context.Publish(new TrialFinished(
                context.Message.Stage, report.Scenario, report.Suite, report.Arm, report.Index, report.Outcome, report.Score, done, total));
        }
#pragma warning disable CA1031 // Live display is worth no trial.
        catch (Exception lost)
#pragma warning restore CA1031
        {
            LogNotTold(report.Scenario, lost);
        }
    }

    [LoggerMessage(LogLevel.Debug, "The end of a trial of {Scenario} could not be told")]
    private partial void LogNotTold(string scenario, Exception exception);
}

/// <summary>The results artifact.</summary>
internal sealed record TrialResults(string Substrate, string BaseCommit, string? CandidateCommit, IReadOnlyList<TrialReport> Trials);
