using MassTransit;
using Moss.Contracts.Implementation;
using Moss.ServiceDefaults.Stages;

namespace Moss.Implementation.Handlers;

internal sealed class RebaseChangeHandler(StageDesk desk, Rebaser rebaser) : IConsumer<RebaseChange>
{
    public Task Consume(ConsumeContext<RebaseChange> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => rebaser.RebaseAsync(context.Message, token));
}
