using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.EventStore;
using Moss.ModelProxy;
using Moss.Replays;
using Moss.ServiceDefaults.Telemetry;
using Moss.Trials.Sandboxing;

namespace Moss.Trials.Replaying;

/// <summary>Runs trials one by one, several at once in this process.</summary>
internal sealed class TrialRunner(
    [FromKeyedServices(SandboxingRegistration.Key)] IReplayer replayer, TrialModels models, IArtifactStore artifacts, TrialsOptions options, TimeProvider time) : IDisposable
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
        var request = new ReplayRequest(
            ground.Substrate.Declaration.Trial, ground.Sources[Enum.Parse<Arm>(trial.Arm)], scenario with { Seed = TrialSeed.Of(scenario, trial.CandidateCommit is null ? 0 : trial.Stage.Iteration, trial.Index) },
            ground.Substrate.GraderFolder)
        {
            Hidden = [ground.Substrate.Declaration.Scenarios],
            GraderImage = (ground.Sources[Arm.Baseline] as ReplaySource.Image)?.Id,
            Purpose = trial.Stage.Purpose(),
            Model = model?.Model,
            WithCoverage = trial.WithLines,
        };
        using var span = EvolutionTrace.Begin("trial");
        span?.SetTag("moss.scenario", trial.Scenario).SetTag("moss.arm", trial.Arm).SetTag("moss.index", trial.Index);
        var (replay, paid) = await ReplayAsync(request, model, cancellationToken);
        TrialMeter.Done(replay);
        return await ReportAsync(trial, request.Scenario.Seed, replay, cancellationToken) with
        {
            Spending = paid is null ? null : TrialSpending.Of(access!.Upstream, paid, replay.Duration),
        };
    }

    private async Task<(Replay Replay, ModelSpending? Paid)> ReplayAsync(ReplayRequest request, OpenModel? model, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            for (var retry = 0; ; retry++)
            {
                var replay = await replayer.ReplayAsync(request, cancellationToken);
                var paid = model is null ? null : await model.SettleAsync(cancellationToken);
                if (paid is { Refused: > 0 })
                {
                    return (replay with { Outcome = TrialOutcome.InfrastructureError, Note = WithoutMoney }, paid);
                }

                if (replay.Outcome != TrialOutcome.InfrastructureError || retry >= options.InfrastructureRetries)
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
            trial.Scenario, trial.Arm, trial.Index, seed, replay.Outcome.ToString(), replay.Score, replay.Note, replay.Duration.TotalSeconds, replay.Trace);
        var artifact = await artifacts.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(trace, StoredJson.Options), cancellationToken);
        return new(
            trial.Scenario, trial.Suite, trial.Arm, trial.Index, replay.Outcome.ToString(), replay.Score,
            [.. replay.Keypoints.Select(keypoint => new KeypointScore(keypoint.Keypoint, keypoint.Score, keypoint.Note))], replay.Note, artifact,
            options.Runner,
            Lines: trial.WithLines ? [.. replay.Coverage.Select(file => new FileLines(file.Key, file.Value))] : null);
    }
}

/// <summary>What a trial left, for people: kept as an artifact.</summary>
internal sealed record TrialTrace(
    string Scenario, string Arm, int Index, int Seed, string Outcome, double Score, string Note, double Seconds, ReplayTrace Left);
