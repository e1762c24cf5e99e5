using System.Globalization;
using MassTransit;
using Microsoft.Extensions.Logging;
using Moss.Contracts;
using Moss.Contracts.Deployment;
using Moss.Contracts.Implementation;
using Moss.Contracts.Planning;
using Moss.Contracts.Trials;

namespace Moss.ServiceDefaults.Bus;

/// <summary>Tells an evolution that the broker gave up its command: every worker that took it died, or could not even answer that it broke.</summary>
internal sealed partial class GivenUpHandler(ILogger<GivenUpHandler> logger)
    : IConsumer<RunTrials>, IConsumer<RunTrial>, IConsumer<LocateFault>, IConsumer<DraftPlan>, IConsumer<ReviewPlan>, IConsumer<ImplementPlan>, IConsumer<ReviewCode>,
        IConsumer<BuildCandidate>, IConsumer<JudgeTrials>, IConsumer<ProposeVerdict>, IConsumer<PromoteCandidate>
{
    private static readonly string Reason = string.Create(
        CultureInfo.InvariantCulture,
        $"no worker could finish it: the command was handed out {Queues.DeliveryLimit} times in vain and is kept in the queue {Queues.Dead}");

    public Task Consume(ConsumeContext<RunTrials> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<RunTrial> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<LocateFault> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<DraftPlan> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<ReviewPlan> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<ImplementPlan> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<ReviewCode> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<BuildCandidate> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<JudgeTrials> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<ProposeVerdict> context) => TellAsync(context, context.Message.Stage);

    public Task Consume(ConsumeContext<PromoteCandidate> context) => TellAsync(context, context.Message.Stage);

    private Task TellAsync(ConsumeContext context, StageReference stage)
    {
        LogGivenUp(stage.Stage, stage.EvolutionId, Queues.Dead);
        // Without the wait, a broker that dies now would hold this consumer, and this consumer the connection.
        return context.Publish(new StageBroke(stage, Reason, Transient: false), CancellationToken.None).WaitAsync(context.CancellationToken);
    }

    [LoggerMessage(LogLevel.Error, "The command for {Stage} of evolution {Evolution} is dead; it is kept in {Queue}")]
    private partial void LogGivenUp(string stage, Guid evolution, string queue);
}
