using MassTransit;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.EventStore.Turns;

namespace Moss.Trials.Replaying;

/// <summary>
/// Hands the trials of a stage out to all runners, a few at a time, and gathers the reports. Each report is kept when its trial
/// ends, so that a stage that was killed goes on with the trials that are missing. One stage of a substrate hands out at a time:
/// with equal windows the runners serve all substrates alike.
/// </summary>
internal sealed class TrialFleet(IBus bus, TrialBoard board, IStageLedger ledger, ITurns turns, TrialsOptions options, TimeProvider time)
{
    /// <summary>How long nothing is heard of a trial before the ledger is asked: a notice may be lost with its broker.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    /// <summary>After so many silences a trial is handed out again; where it still waits or runs, that costs nothing.</summary>
    private const int Patience = 60;

    /// <summary>All reports in the order of the plan.</summary>
    /// <param name="stage">What to run.</param>
    /// <param name="plan">In the order in which they are handed out.</param>
    /// <param name="finished">Called after each, with how many have ended.</param>
    /// <param name="cancellationToken">Ends it; what has ended stays kept.</param>
    public async Task<TrialReport[]> RunAsync(
        RunTrials stage, IReadOnlyList<PlannedTrial> plan, Func<TrialReport, int, Task> finished, CancellationToken cancellationToken)
    {
        await using var turn = await turns.TakeAsync($"trials of {stage.Subject.Substrate}", cancellationToken);
        using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var window = new SemaphoreSlim(options.Window);
        var ends = new List<Task<TrialReport>>(plan.Count);
        var done = 0;
        try
        {
            // One after the other, so that the runners take them in the order of the plan.
            foreach (var trial in plan)
            {
                await window.WaitAsync(unwanted.Token);
                ends.Add(EndAsync(await HandOutAsync(stage, trial, TrialSpending.ShareOf(stage, plan.Count), unwanted.Token)));
            }
        }
        catch (OperationCanceledException) when (unwanted.IsCancellationRequested)
        {
            // Nobody wants them any more, or one of them broke and says why below.
        }
        catch
        {
            await unwanted.CancelAsync();
            await ((Task)Task.WhenAll(ends)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        var reports = await Task.WhenAll(ends);
        cancellationToken.ThrowIfCancellationRequested();
        return reports;

        async Task<TrialReport> EndAsync(HandedOut trial)
        {
            try
            {
                using (trial)
                {
                    var report = await ReportAsync(trial, unwanted.Token);
                    await finished(report, Interlocked.Increment(ref done));
                    window.Release();
                    return report;
                }
            }
            catch
            {
                await unwanted.CancelAsync();
                throw;
            }
        }
    }

    private async Task<HandedOut> HandOutAsync(RunTrials stage, PlannedTrial trial, decimal? dollars, CancellationToken cancellationToken)
    {
        var key = TrialKeys.Of(stage.Stage, trial);
        var expectation = board.Expect(key);
        try
        {
            var command = await CommandAsync(stage, trial, key, dollars, cancellationToken);
            var kept = await ledger.FindAsync<TrialReport>(key, cancellationToken);
            if (kept is null)
            {
                await bus.Publish(command, cancellationToken);
            }

            return new(key, command, expectation, kept);
        }
        catch
        {
            expectation.Dispose();
            throw;
        }
    }

    private async Task<RunTrial> CommandAsync(RunTrials stage, PlannedTrial trial, string key, decimal? dollars, CancellationToken cancellationToken)
    {
        var attempt = 0;
        while (await ledger.FindAsync<TrialReport>(TrialKeys.Spoiled(key, attempt), cancellationToken) is not null)
        {
            attempt++;
        }

        return new(
            stage.Stage, stage.Subject, stage.CandidateCommit, trial.Scenario, trial.Suite.ToString(), trial.Arm.ToString(), trial.Index, attempt,
            stage.CandidateImage, dollars, trial.WithLines);
    }

    private async Task<TrialReport> ReportAsync(HandedOut trial, CancellationToken cancellationToken)
    {
        var report = trial.Kept;
        for (var silences = 1; report is null; silences++)
        {
            try
            {
                report = await trial.Expectation.Told.WaitAsync(Silence, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                report = await ledger.FindAsync<TrialReport>(trial.Key, cancellationToken)
                    ?? await ledger.FindAsync<TrialReport>(TrialKeys.Spoiled(trial.Key, trial.Command.Attempt), cancellationToken);
                if (report is null && silences % Patience == 0)
                {
                    await bus.Publish(trial.Command, cancellationToken);
                }
            }
        }

        return report;
    }

    /// <summary>A trial that is on its way, or was run before.</summary>
    private sealed record HandedOut(string Key, RunTrial Command, TrialBoard.Expectation Expectation, TrialReport? Kept) : IDisposable
    {
        public void Dispose() => Expectation.Dispose();
    }
}
