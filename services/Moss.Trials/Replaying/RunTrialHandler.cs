using MassTransit;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.ServiceDefaults.Stages;

namespace Moss.Trials.Replaying;

/// <summary>Runs one trial of a stage, keeps its report, and tells the stage.</summary>
internal sealed partial class RunTrialHandler(
    RunningStages running, IStageLedger ledger, TrialGrounds grounds, TrialRunner runner, TrialsOptions options, ILogger<RunTrialHandler> logger)
    : IConsumer<RunTrial>
{
    public async Task Consume(ConsumeContext<RunTrial> context)
    {
        var command = context.Message;
        if (running.WasCancelledAfter(command.Stage.EvolutionId, context.SentTime))
        {
            return;
        }

        if (await running.BeginAsync(command.Stage, context.CancellationToken, TrialKeys.Of(command)) is { } slot)
        {
            await TellAsync(context, slot).WaitAsync(context.CancellationToken);
        }
    }

    private async Task TellAsync(ConsumeContext<RunTrial> context, RunningStages.Slot slot)
    {
        using (slot)
        {
            try
            {
                var report = await ReportAsync(context.Message, slot.Token);
                if (!context.CancellationToken.IsCancellationRequested)
                {
                    await context.Publish(new TrialRun(context.Message.Stage, report), CancellationToken.None);
                }

                slot.IsTold = true;
            }
            catch (OperationCanceledException) when (slot.Token.IsCancellationRequested && !running.IsStopping)
            {
                // Nobody wants it any more.
            }
        }
    }

    private async Task<TrialReport> ReportAsync(RunTrial command, CancellationToken cancellationToken)
    {
        var key = TrialKeys.Of(command);
        if (await ledger.FindAsync<TrialReport>(key, cancellationToken) is { } kept)
        {
            return kept;
        }

        var report = await RunAsync(command, cancellationToken);
        var spoiled = report.Outcome == nameof(TrialOutcome.InfrastructureError);
        return await ledger.KeepAsync(spoiled ? TrialKeys.Spoiled(key, command.Attempt) : key, report, CancellationToken.None);
    }

    private async Task<TrialReport> RunAsync(RunTrial command, CancellationToken cancellationToken)
    {
        try
        {
            return await runner.RunAsync(await grounds.OfAsync(command, cancellationToken), command, cancellationToken);
        }
#pragma warning disable CA1031 // Whatever keeps a trial from running says nothing of the version, and the stage must hear of it.
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogBroke(TrialKeys.Of(command), broken);
            return new(
                command.Scenario, command.Suite, command.Arm, command.Index, nameof(TrialOutcome.InfrastructureError), 0, [], broken.Message, "",
                options.Runner);
        }
    }

    [LoggerMessage(LogLevel.Error, "Trial {Trial} could not be run")]
    private partial void LogBroke(string trial, Exception exception);
}

/// <summary>A runner takes as many trials as it can run at once, so that the others find theirs in the queue.</summary>
internal sealed class RunTrialDefinition : ConsumerDefinition<RunTrialHandler>
{
    private readonly int atOnce;

    public RunTrialDefinition(TrialsOptions options) => (atOnce, ConcurrentMessageLimit) = (options.Parallelism, options.Parallelism);

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<RunTrialHandler> consumerConfigurator, IRegistrationContext context) =>
        endpointConfigurator.PrefetchCount = atOnce;
}
