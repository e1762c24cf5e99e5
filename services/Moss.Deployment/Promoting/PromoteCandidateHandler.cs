using MassTransit;
using Moss.Contracts.Deployment;
using Moss.ServiceDefaults.Stages;

namespace Moss.Deployment.Promoting;

/// <summary>Swaps the running version for the consented one, or says why not.</summary>
internal sealed class PromoteCandidateHandler(StageDesk desk, RunningStages running, Promotions promotions) : IConsumer<PromoteCandidate>
{
    public Task Consume(ConsumeContext<PromoteCandidate> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => PromoteAsync(context.Message, token));

    private async Task<object> PromoteAsync(PromoteCandidate command, CancellationToken unwanted)
    {
        try
        {
            return await promotions.PromoteAsync(command, unwanted);
        }
        catch (OperationCanceledException) when (!unwanted.IsCancellationRequested)
        {
            // The host stops; nothing broke, and the journal tells the next process what to do.
            running.Stop();
            throw;
        }
    }
}
