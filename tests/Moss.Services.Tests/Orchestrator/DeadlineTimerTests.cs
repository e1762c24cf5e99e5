using Microsoft.Extensions.Logging.Abstractions;
using Moss.EventStore;
using Moss.EventStore.InMemory;
using Moss.EventStore.Turns;
using Moss.Orchestrator;
using Moss.Orchestrator.Dispatching;
using Moss.Testing;

namespace Moss.Services.Tests.Orchestrator;

public sealed class DeadlineTimerTests : IAsyncLifetime
{
    private readonly FakeClock clock = new();
    private readonly RecordingBus bus = new();
    private readonly OrchestratorOptions options = new();

    public Task InitializeAsync() => bus.StartAsync();

    public async Task DisposeAsync() => await bus.DisposeAsync();

    [Fact]
    public async Task A_store_that_is_away_for_a_while_does_not_end_the_watch_over_deadlines()
    {
        var away = new AwayOnce(new InMemoryEventStore(SagaBench.Catalog));
        using var timer = new DeadlineTimer(bus.Bus, away, clock, options, new LocalTurns(), NullLogger<DeadlineTimer>.Instance);

        await timer.StartAsync(CancellationToken.None);
        await clock.TimersWaitingAsync();
        clock.Advance(options.DeadlineTick);
        await away.AskedAgain.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await timer.StopAsync(CancellationToken.None);
    }

    /// <summary>Cannot be asked the first time.</summary>
    private sealed class AwayOnce(IDeadlineStore inner) : IDeadlineStore
    {
        private int asked;

        public TaskCompletionSource AskedAgain { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async Task<IReadOnlyList<Deadline>> DueAsync(DateTimeOffset now, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                throw new IOException("the connection was closed");
            }

            AskedAgain.TrySetResult();
            return await inner.DueAsync(now, cancellationToken);
        }

        public Task SetDeadlineAsync(Deadline deadline, CancellationToken cancellationToken) => inner.SetDeadlineAsync(deadline, cancellationToken);

        public Task ClearDeadlineAsync(string id, CancellationToken cancellationToken) => inner.ClearDeadlineAsync(id, cancellationToken);

        public Task<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken) => inner.NextDueAsync(cancellationToken);
    }
}
