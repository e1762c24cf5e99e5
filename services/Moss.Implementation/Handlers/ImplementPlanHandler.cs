using MassTransit;
using Moss.Contracts.Implementation;
using Moss.ServiceDefaults.Stages;

namespace Moss.Implementation.Handlers;

internal sealed class ImplementPlanHandler(StageDesk desk, Author author) : IConsumer<ImplementPlan>
{
    public Task Consume(ConsumeContext<ImplementPlan> context) =>
        desk.AnswerAsync(context, context.Message.Stage, token => author.WriteAsync(context.Message, token));
}
