using MassTransit;
using Microsoft.Extensions.Logging;
using Moss.Artifacts;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;
using Moss.ServiceDefaults.Stages;

namespace Moss.Trials.Replaying;

/// <summary>Runs one trial of a stage, keeps its report, and tells the stage.</summary>
internal sealed partial class RunTrialHandler(
    StageDesk desk, IStageLedger ledger, TrialGrounds grounds, TrialRunner runner, TrialsOptions options, ILogger<RunTrialHandler> logger)
    : IConsumer<RunTrial>
{
    public Task Consume(ConsumeContext<RunTrial> context) => desk.AnswerPartAsync(
        context, context.Message.Stage, TrialKeys.Of(context.Message),
        async token => new TrialRun(context.Message.Stage, await ReportAsync(context.Message, token)));

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
                options.Runner, Lines: command.WithLines ? [] : null);
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
