using System.Collections.Concurrent;
using MassTransit;
using Moss.Contracts;
using Moss.Contracts.Trials;

namespace Moss.Trials.Replaying;

/// <summary>Where the stages of this process wait for trials that any runner may run.</summary>
internal sealed class TrialBoard
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<TrialReport>> awaited = new(StringComparer.Ordinal);

    /// <summary>What is waited for.</summary>
    internal IReadOnlyCollection<string> Awaited => [.. awaited.Keys];

    /// <summary>Completes when a runner tells of the trial; ask before it is handed out, and dispose of it afterwards.</summary>
    public Expectation Expect(string trial) => new(this, trial);

    /// <summary>A runner told of a trial.</summary>
    public void Tell(StageReference stage, TrialReport report)
    {
        if (awaited.TryGetValue(TrialKeys.Of(stage, report), out var waiting))
        {
            waiting.TrySetResult(report);
        }
    }

    /// <summary>A stage that waits for a trial.</summary>
    internal sealed class Expectation : IDisposable
    {
        private readonly TrialBoard board;
        private readonly string trial;

        public Expectation(TrialBoard board, string trial)
        {
            (this.board, this.trial) = (board, trial);
            Told = board.awaited.GetOrAdd(trial, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        public Task<TrialReport> Told { get; }

        public void Dispose() => board.awaited.TryRemove(trial, out _);
    }
}

/// <summary>Hears of trials that ended on any runner.</summary>
internal sealed class TrialRunHandler(TrialBoard board) : IConsumer<TrialRun>
{
    public Task Consume(ConsumeContext<TrialRun> context)
    {
        board.Tell(context.Message.Stage, context.Message.Report);
        return Task.CompletedTask;
    }
}
