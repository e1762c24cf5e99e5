using MassTransit;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Contracts;
using Moss.EventStore.Turns;

namespace Moss.ServiceDefaults.Stages;

/// <summary>
/// Where every worker answers its commands: a stored answer is published again; otherwise the work is done once, kept, and
/// answered. So a command may come any number of times, and to any number of processes, and nothing that was paid for is
/// paid for twice.
/// </summary>
public sealed partial class StageDesk(IStageLedger ledger, RunningStages running, ITurns turns, ILogger<StageDesk> logger)
{
    /// <summary>Runs <paramref name="work"/> unless its answer is stored, and publishes the answer.</summary>
    /// <param name="context">The command's context.</param>
    /// <param name="stage">Key of the work.</param>
    /// <param name="work">
    /// Returns the answer, a message of Moss.Contracts. An exception is answered with <see cref="StageBroke"/>, which is not
    /// kept. Its token fires when the evolution is cancelled or the host stops; then nothing is answered.
    /// </param>
    public async Task AnswerAsync(ConsumeContext context, StageReference stage, Func<CancellationToken, Task<object>> work)
    {
        var key = stage.Key();
        using var slot = await running.BeginAsync(stage, context.CancellationToken);
        if (slot is null)
        {
            LogAlreadyRunning(key);
            return;
        }

        try
        {
            await using var turn = await turns.TakeAsync($"stage {key}", slot.Token);
            var answer = (await ledger.FindAsync<StoredAnswer>(key, slot.Token))?.Open();
            if (answer is null)
            {
                answer = await work(slot.Token);
                answer = (await ledger.KeepAsync(key, StoredAnswer.Of(answer), CancellationToken.None)).Open();
            }
            else
            {
                LogAnsweredFromLedger(key);
            }

            await context.Publish(answer, answer.GetType(), CancellationToken.None);
            slot.IsTold = true;
        }
        catch (OperationCanceledException) when (slot.Token.IsCancellationRequested)
        {
            LogCancelled(key);
        }
#pragma warning disable CA1031 // Whatever broke must reach the saga as a fact; a worker never dies of one command.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            LogBroke(key, broken);
            await context.Publish(new StageBroke(stage, broken.Message, broken is IOException or TimeoutException), CancellationToken.None);
            slot.IsTold = true;
        }
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
