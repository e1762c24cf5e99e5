using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.EventStore;
using Moss.ModelProxy;
using Moss.Replays;
using Moss.ServiceDefaults.Telemetry;
using Moss.Substrates;
using Moss.Trials.Judging;
using Moss.Trials.Sandboxing;

namespace Moss.Trials.Replaying;

/// <summary>Runs trials one by one, several at once in this process.</summary>
internal sealed class TrialRunner(
    [FromKeyedServices(SandboxingRegistration.Key)] IReplayer replayer, TrialModels models, IJudgeModels judges, IArtifactStore artifacts, TrialsOptions options, TimeProvider time) : IDisposable
{
    private const string WithoutMoney = "a call of its model was refused because it could have cost more than this trial's share of the money that is left";

    private readonly SemaphoreSlim slots = new(options.Parallelism);

    public int Parallelism => options.Parallelism;

    public int Running => options.Parallelism - slots.CurrentCount;

    public void Dispose() => slots.Dispose();

    /// <summary>Runs one to its end, and again while it cannot be run, as often as the settings allow.</summary>
    public async Task<TrialReport> RunAsync(StageGround ground, RunTrial trial, CancellationToken cancellationToken)
    {
        var scenario = ground.Substrate.Find(trial.Scenario)
            ?? throw new SubstrateUnusableException($"scenario '{trial.Scenario}' is not in commit {ground.Substrate.Commit}");
        var access = ground.Substrate.Declaration.Trial.Model;
        await using var model = await models.OpenAsync(trial, access, cancellationToken);
        await using var judge = Judge(ground.Substrate.Declaration.Judge, scenario, trial, model);
        var request = new ReplayRequest(
            ground.Substrate.Declaration.Trial, ground.Sources[Enum.Parse<Arm>(trial.Arm)], scenario with { Seed = TrialSeed.Of(scenario, trial.CandidateCommit is null ? 0 : trial.Stage.Iteration, trial.Index) },
            ground.Substrate.GraderFolder)
        {
            Hidden = [ground.Substrate.Declaration.Scenarios],
            GraderImage = (ground.Sources[Arm.Baseline] as ReplaySource.Image)?.Id,
            Purpose = trial.Stage.Purpose(),
            Model = model?.Model,
            Judge = judge is null ? null : new(judge, ground.Substrate.Declaration.Judge!.Votes),
            WithCoverage = trial.WithLines,
        };
        using var span = EvolutionTrace.Begin("trial");
        span?.SetTag("moss.scenario", trial.Scenario).SetTag("moss.arm", trial.Arm).SetTag("moss.index", trial.Index);
        var (replay, paid) = await ReplayAsync(request, model, judge, cancellationToken);
        TrialMeter.Done(replay);
        return await ReportAsync(trial, request.Scenario.Seed, replay, cancellationToken) with
        {
            Spending = TrialSpending.Of(ground.Substrate.Declaration, paid, replay.Duration),
        };
    }

    /// <summary>Who judges what the trial leaves, with what its own model leaves of its money; null when nothing is judged by a model.</summary>
    private IOpenJudge? Judge(JudgeDeclaration? declared, Scenario scenario, RunTrial trial, OpenModel? model) =>
        declared is not null && scenario.Graders.Any(grader => grader is Grader.Judge)
            ? judges.Open($"{TrialKeys.Of(trial)}.judge", declared, () => Math.Max(0, (trial.Dollars ?? decimal.MaxValue) - (model?.Spent ?? 0)))
            : null;

    private async Task<(Replay Replay, ModelSpending? Paid)> ReplayAsync(
        ReplayRequest request, OpenModel? model, IOpenJudge? judge, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            for (var retry = 0; ; retry++)
            {
                var replay = await replayer.ReplayAsync(request, cancellationToken);
                var paid = TrialSpending.Sum(
                    model is null ? null : await model.SettleAsync(cancellationToken), judge is null ? null : await judge.SettleAsync(cancellationToken));
                if (paid is { Refused: > 0 })
                {
                    return (replay with { Outcome = TrialOutcome.InfrastructureError, Note = WithoutMoney }, paid);
                }

                // What was voted on is not voted on again until a majority is found.
                if (replay.Outcome != TrialOutcome.InfrastructureError || !replay.Judged.IsEmpty || retry >= options.InfrastructureRetries)
                {
                    return (replay, paid);
                }

                await Task.Delay(options.RetryDelay * (retry + 1), time, cancellationToken);
            }
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<TrialReport> ReportAsync(RunTrial trial, int seed, Replay replay, CancellationToken cancellationToken)
    {
        var trace = new TrialTrace(
            trial.Scenario, trial.Arm, trial.Index, seed, replay.Outcome.ToString(), replay.Score, replay.Note, replay.Duration.TotalSeconds, replay.Trace, replay.Judged);
        var artifact = await artifacts.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(trace, StoredJson.Options), cancellationToken);
        return new(
            trial.Scenario, trial.Suite, trial.Arm, trial.Index, replay.Outcome.ToString(), replay.Score,
            [.. replay.Keypoints.Select(keypoint => new KeypointScore(keypoint.Keypoint, keypoint.Score, keypoint.Note))], replay.Note, artifact,
            options.Runner,
            Lines: trial.WithLines ? [.. replay.Coverage.Select(file => new FileLines(file.Key, file.Value))] : null,
            Judged: replay.Judged.IsEmpty ? null : [.. replay.Judged.Select(judged => new JudgedKeypoint(judged.Keypoint, judged.Ballot.Holds, judged.Ballot.DoesNot, judged.Ballot.Abstained))]);
    }
}

/// <summary>What a trial left, for people: kept as an artifact.</summary>
internal sealed record TrialTrace(
    string Scenario, string Arm, int Index, int Seed, string Outcome, double Score, string Note, double Seconds, ReplayTrace Left,
    ImmutableArray<Moss.Replays.Judging.JudgedKeypoint> Judged);
