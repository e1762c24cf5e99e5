using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Moss.EventStore;
using Moss.EventStore.Turns;
using Moss.ServiceDefaults.Hosting;

namespace Moss.Orchestrator.Dispatching;

/// <summary>
/// Tells evolutions when their time is up. A deadline is told again every <see cref="OrchestratorOptions.DeadlineReminder"/>
/// until the evolution has moved on and the dispatcher clears it: a message that is lost costs a reminder, not the deadline.
/// One process at a time does it; the others stand by.
/// </summary>
internal sealed class DeadlineTimer(
    IBus bus, IDeadlineStore deadlines, TimeProvider clock, OrchestratorOptions options, ITurns turns, ILogger<DeadlineTimer> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => turns.RunAsync(
        "deadlines", token => Repeatedly.RunAsync(options.DeadlineTick, clock, logger, "looking at deadlines", FireDueAsync, token), stoppingToken);

    internal async Task FireDueAsync(CancellationToken cancellationToken)
    {
        foreach (var deadline in await deadlines.DueAsync(clock.GetUtcNow(), cancellationToken))
        {
            // The reminder first: what the message leads to may clear the deadline, and must not find it set again afterwards.
            var message = DeadlinePayload.Read(deadline);
            await deadlines.SetDeadlineAsync(deadline with { Due = clock.GetUtcNow() + options.DeadlineReminder }, cancellationToken);
            await bus.Publish(message, cancellationToken);
        }
    }
}
