using System.Collections.Immutable;
using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Contracts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.EventStore;
using Moss.Replays;
using Moss.ServiceDefaults.Stages;
using Moss.Trials.Judging;

namespace Moss.Trials.Replaying;

/// <summary>Replays scenarios: at baseline the batch and the whole corpus, later what the rows name on both arms.</summary>
internal sealed partial class RunTrialsHandler(
    StageDesk desk, TrialGrounds grounds, TrialFleet fleet, TrialLooks looks, FiringProbe firing, TouchProbe touch, JudgeCalibrator calibrator, IBus bus, IArtifactStore artifacts, TimeProvider time, ILogger<RunTrialsHandler> logger)
    : IConsumer<RunTrials>
{
    public Task Consume(ConsumeContext<RunTrials> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => RunAsync(context.Message, token));

    private async Task<object> RunAsync(RunTrials command, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var ground = await grounds.OfAsync(command, cancellationToken);
        var plan = Plan(command, ground.Substrate);
        var judges = command.CandidateCommit is null ? await calibrator.RunAsync(command, ground.Substrate, cancellationToken) : Calibration.None;
        if (judges.ForbidsTrials(command.Subject.Scenarios))
        {
            return await AnswerAsync(command, [], started, judges.Spending, judges, null, [], cancellationToken);
        }

        plan = plan.RemoveAll(trial => judges.Refuses(trial.Scenario));
        command = command with { DollarsLeft = command.DollarsLeft is { } dollars ? Math.Max(0, dollars - (judges.Spending?.Dollars ?? 0)) : null };
        var reports = command is { CandidateCommit: not null, Alpha: not null }
            ? await looks.RunAsync(command, (report, done) => TellAsync(command, report, done, plan.Length), cancellationToken)
            : await fleet.RunAsync(command, plan, (report, done) => TellAsync(command, report, done, plan.Length), cancellationToken);
        var fired = await firing.RunAsync(command, ground, reports, cancellationToken);
        var touched = await touch.RunAsync(command, ground, reports, cancellationToken);
        var spending = TrialSpending.Of(reports.Concat(fired.Reports).Concat(touched), judges.Spending);
        if (spending is not { Exhausted: true } && reports.Length > 0 && reports.All(report => report.Outcome == nameof(TrialOutcome.InfrastructureError)))
        {
            throw new IOException($"no trial could be run: {reports[0].Note}");
        }

        return await AnswerAsync(command, UndecidedTrials.Void(reports), started, spending, judges, fired.Firing, touched, cancellationToken);
    }

    private async Task<TrialsCompleted> AnswerAsync(
        RunTrials command, TrialReport[] reports, long started, Spending? spending, Calibration judges, ChangeFiring? firing, IReadOnlyList<TrialReport> touched,
        CancellationToken cancellationToken)
    {
        var results = new TrialResults(command.Subject.Substrate, command.Subject.BaseCommit, command.CandidateCommit, reports);
        var artifact = await artifacts.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(results, StoredJson.Options), cancellationToken);
        return new TrialsCompleted(command.Stage, reports, artifact, time.GetElapsedTime(started).TotalSeconds, spending, firing, TouchProbe.FilesOf(touched), judges.ToWire());
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

    private async Task TellAsync(RunTrials command, TrialReport report, int done, int total)
    {
        try
        {
            await bus.Publish(new TrialFinished(
                command.Stage, report.Scenario, report.Suite, report.Arm, report.Index, report.Outcome, report.Score, done, total));
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
