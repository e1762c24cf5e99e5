using MassTransit;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Contracts;
using Moss.EventStore.Turns;
using Moss.ServiceDefaults.Telemetry;

namespace Moss.ServiceDefaults.Stages;

/// <summary>
/// Where every worker answers its commands: a stored answer is published again; otherwise the work is done once, kept, and
/// answered. So a command may come any number of times, and to any number of processes, and nothing that was paid for is
/// paid for twice.
/// </summary>
public sealed partial class StageDesk(IStageLedger ledger, RunningStages running, ITurns turns, TimeProvider clock, ILogger<StageDesk> logger)
{
    /// <summary>
    /// Runs <paramref name="work"/> unless its answer is stored, and publishes the answer. When the broker goes away the command
    /// is let go at once, so that the process can connect again; the work goes on, and the broker hands the command out again.
    /// </summary>
    /// <param name="context">The command's context; its token fires when the connection that brought it ends.</param>
    /// <param name="stage">Key of the work.</param>
    /// <param name="work">
    /// Returns the answer, a message of Moss.Contracts. An exception is answered with <see cref="StageBroke"/>, which is not
    /// kept. Its token fires when the evolution is cancelled or the host stops; then nothing is answered.
    /// </param>
    /// <exception cref="OperationCanceledException">The host stops or the broker is away: the command is not done.</exception>
    public async Task AnswerAsync(ConsumeContext context, StageReference stage, Func<CancellationToken, Task<object>> work)
    {
        if (await running.BeginAsync(stage, context.CancellationToken) is { } slot)
        {
            StageMeter.Taken(stage, clock.GetUtcNow() - (context.SentTime ?? clock.GetUtcNow().UtcDateTime));
            await TellAsync(context, slot, () => AnswerOfAsync(slot, stage, work)).WaitAsync(context.CancellationToken);
        }
        else
        {
            LogAlreadyRunning(stage.Key());
        }
    }

    /// <summary>
    /// The same for a part of a stage, of which many are handed out at once. The work keeps its own results, and what it breaks with
    /// is thrown: the broker hands the part out again. A part that was asked for before its evolution was cancelled is let go.
    /// </summary>
    /// <param name="context">The command's context, as for a whole stage.</param>
    /// <param name="stage">What it is a part of.</param>
    /// <param name="part">Which, unique in the stage.</param>
    /// <param name="work">Returns what is published; its token fires when the evolution is cancelled or the host stops.</param>
    /// <exception cref="OperationCanceledException">The host stops or the broker is away: the command is not done.</exception>
    public async Task AnswerPartAsync(ConsumeContext context, StageReference stage, string part, Func<CancellationToken, Task<object>> work)
    {
        if (!running.WasCancelledAfter(stage.EvolutionId, context.SentTime)
            && await running.BeginAsync(stage, context.CancellationToken, part) is { } slot)
        {
            await TellAsync(context, slot, () => PartOfAsync(slot, part, work)).WaitAsync(context.CancellationToken);
        }
    }

    private static async Task TellAsync(ConsumeContext context, RunningStages.Slot slot, Func<Task<object?>> answering)
    {
        using (slot)
        {
            var answer = await answering();
            if (answer is not null && !context.CancellationToken.IsCancellationRequested)
            {
                await context.Publish(answer, answer.GetType(), CancellationToken.None);
                slot.IsTold = true;
            }
        }
    }

    private async Task<object?> AnswerOfAsync(RunningStages.Slot slot, StageReference stage, Func<CancellationToken, Task<object>> work)
    {
        var key = stage.Key();
        try
        {
            await using var turn = await turns.TakeAsync($"stage {key}", slot.Token);
            if (await ledger.FindAsync<StoredAnswer>(key, slot.Token) is { } stored)
            {
                LogAnsweredFromLedger(key);
                return stored.Open();
            }

            var answer = await WorkAsync(stage, work, slot.Token);
            return (await ledger.KeepAsync(key, StoredAnswer.Of(answer), CancellationToken.None)).Open();
        }
        catch (OperationCanceledException) when (slot.Token.IsCancellationRequested && !running.IsStopping)
        {
            LogCancelled(key);
            return null;
        }
        catch (Exception broken) when (broken is not OperationCanceledException || !running.IsStopping)
        {
            LogBroke(key, broken);
            return new StageBroke(stage, broken.Message, broken is IOException or TimeoutException, (broken as StageBrokeException)?.Spending);
        }
    }

    private async Task<object?> PartOfAsync(RunningStages.Slot slot, string part, Func<CancellationToken, Task<object>> work)
    {
        try
        {
            return await work(slot.Token);
        }
        catch (OperationCanceledException) when (slot.Token.IsCancellationRequested && !running.IsStopping)
        {
            LogCancelled(part);
            return null;
        }
    }

    private async Task<object> WorkAsync(StageReference stage, Func<CancellationToken, Task<object>> work, CancellationToken cancellationToken)
    {
        using var span = EvolutionTrace.Begin($"stage {stage.Stage}");
        span?.SetTag("moss.evolution", stage.EvolutionId).SetTag("moss.iteration", stage.Iteration).SetTag("moss.round", stage.Round);
        var started = clock.GetTimestamp();
        var answer = await work(cancellationToken);
        StageMeter.Done(stage, answer, clock.GetElapsedTime(started));
        return answer;
    }

    [LoggerMessage(LogLevel.Information, "{Stage} was done while a repetition of its command waited, or is not wanted any more")]
    private partial void LogAlreadyRunning(string stage);

    [LoggerMessage(LogLevel.Information, "{Stage} was done before; answering from the ledger")]
    private partial void LogAnsweredFromLedger(string stage);

    [LoggerMessage(LogLevel.Information, "{Stage} was cancelled")]
    private partial void LogCancelled(string stage);

    [LoggerMessage(LogLevel.Error, "{Stage} broke")]
    private partial void LogBroke(string stage, Exception exception);
}
