using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.EventStore;
using Moss.Replays;
using Moss.ServiceDefaults.Stages;
using Moss.Trials.Sandboxing;

namespace Moss.Trials.Replaying;

/// <summary>
/// Runs the trials of a stage, several at once. Each is kept when it ends, so that a stage that was killed goes on with the
/// trials that are missing.
/// </summary>
internal sealed class TrialRunner(
    [FromKeyedServices(SandboxingRegistration.Key)] IReplayer replayer, IStageLedger ledger, IArtifactStore artifacts, TrialsOptions options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim slots = new(options.Parallelism);

    public int Parallelism => options.Parallelism;

    public int Running => options.Parallelism - slots.CurrentCount;

    public void Dispose() => slots.Dispose();

    /// <summary>All reports in the order of the plan.</summary>
    /// <param name="trials">What to run.</param>
    /// <param name="finished">Called after each, with how many have ended.</param>
    /// <param name="cancellationToken">Ends it; what has ended stays kept.</param>
    public async Task<TrialReport[]> RunAsync(StageTrials trials, Func<TrialReport, int, Task> finished, CancellationToken cancellationToken)
    {
        var reports = new TrialReport[trials.Plan.Length];
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, reports.Length),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallelism, CancellationToken = cancellationToken },
            async (at, token) =>
            {
                reports[at] = await ReportAsync(trials, trials.Plan[at], token);
                await finished(reports[at], Interlocked.Increment(ref done));
            });
        return reports;
    }

    private async Task<TrialReport> ReportAsync(StageTrials trials, PlannedTrial planned, CancellationToken cancellationToken)
    {
        var key = $"{trials.Stage.Key()}.{planned.Scenario}.{planned.Arm.ToString().ToLowerInvariant()}.{planned.Index}";
        if (await ledger.FindAsync<TrialReport>(key, cancellationToken) is { } kept)
        {
            return kept;
        }

        var scenario = trials.Substrate.Find(planned.Scenario)!;
        var request = new ReplayRequest(
            trials.Substrate.Declaration.Trial, trials.Sources[planned.Arm], scenario with { Seed = TrialSeed.Of(scenario, planned.Index) }, trials.Substrate.GraderFolder)
        {
            Hidden = [trials.Substrate.Declaration.Scenarios],
            GraderImage = (trials.Sources[Arm.Baseline] as ReplaySource.Image)?.Id,
            Purpose = trials.Stage.Purpose(),
        };
        var replay = await ReplayAsync(request, cancellationToken);
        var report = await ReportAsync(planned, request.Scenario.Seed, replay, cancellationToken);
        // A trial that could not be run is not kept: when the stage runs again it deserves another try.
        return replay.Outcome == TrialOutcome.InfrastructureError ? report : await ledger.KeepAsync(key, report, CancellationToken.None);
    }

    private async Task<Replay> ReplayAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            for (var retry = 0; ; retry++)
            {
                var replay = await replayer.ReplayAsync(request, cancellationToken);
                if (replay.Outcome != TrialOutcome.InfrastructureError || retry >= options.InfrastructureRetries)
                {
                    return replay;
                }

                await Task.Delay(options.RetryDelay * (retry + 1), time, cancellationToken);
            }
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<TrialReport> ReportAsync(PlannedTrial planned, int seed, Replay replay, CancellationToken cancellationToken)
    {
        var trace = new TrialTrace(
            planned.Scenario, planned.Arm.ToString(), planned.Index, seed, replay.Outcome.ToString(), replay.Score, replay.Note,
            replay.Duration.TotalSeconds, replay.Trace);
        var artifact = await artifacts.KeepAsync(JsonSerializer.SerializeToUtf8Bytes(trace, StoredJson.Options), cancellationToken);
        return new(
            planned.Scenario, planned.Suite.ToString(), planned.Arm.ToString(), planned.Index, replay.Outcome.ToString(), replay.Score,
            [.. replay.Keypoints.Select(keypoint => new KeypointScore(keypoint.Keypoint, keypoint.Score, keypoint.Note))], replay.Note, artifact);
    }
}
