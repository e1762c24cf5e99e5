using MassTransit;
using Moss.Contracts.Orchestration;

namespace Moss.ServiceDefaults.Stages;

/// <summary>Ends what runs for a stopped evolution in this process.</summary>
public sealed class CancelWorkHandler(RunningStages running) : IConsumer<CancelWork>
{
    /// <inheritdoc/>
    public Task Consume(ConsumeContext<CancelWork> context)
    {
        running.Cancel(context.Message.EvolutionId, context.SentTime);
        return Task.CompletedTask;
    }
}
