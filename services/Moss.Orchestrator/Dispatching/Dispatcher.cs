using System.Diagnostics;
using MassTransit;
using Moss.Contracts.Orchestration;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.EventStore.Projections;
using Moss.Orchestrator.EventSourcing;
using Moss.Orchestrator.Machine;
using Moss.ServiceDefaults.Telemetry;
using Wire = Moss.Contracts.Orchestration;

namespace Moss.Orchestrator.Dispatching;

/// <summary>
/// Carries what evolutions recorded to those who act on it: the append is the outbox, this is its sender. Everything is
/// checked against the newest state first, so reading the feed again from its beginning sends only what is still wanted.
/// The message id is the event id: a repetition is recognised by its receiver.
/// </summary>
internal sealed class Dispatcher(IBus bus, SagaStreams<EvolutionSaga> streams, IDeadlineStore deadlines, OrchestratorOptions options)
    : IFeedHandler
{
    public string Name => "dispatcher";

    public Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken) => stored.Data switch
    {
        EvolutionRequested request => StartAsync(stored, request, cancellationToken),
        EvolutionStarted or EvolutionRestarted => LimitAsync(EvolutionOf(stored), cancellationToken),
        StageRequested requested => CommandAsync(stored, requested.Key, cancellationToken),
        ConsentRequested asked => AwaitAnswerAsync(stored, asked, cancellationToken),
        StopAsked asked => SendAsync(
            stored, asked.Evolution, saga => Math.Max(saga.PositionOf<EvolutionStarted>(), saga.PositionOf<EvolutionRestarted>()),
            new StopEvolution(asked.Evolution, asked.By, stored.Metadata.Time), cancellationToken),
        RestartAsked asked => SendAsync(
            stored, asked.Evolution, saga => saga.PositionOf<Facts.EvolutionEnded>(),
            new RestartEvolution(asked.Evolution, asked.By, stored.Metadata.Time), cancellationToken),
        ConsentAnswered answer => SendAsync(
            stored, answer.Evolution, saga => saga.PositionOf<ConsentRequested>(), answer.ToCommand(), cancellationToken),
        ConsentSignatureGiven given => SendAsync(
            stored, given.Evolution, saga => saga.PositionOf<ConsentRequested>(), given.ToCommand(), cancellationToken),
        Facts.EvolutionEnded ended => EndAsync(stored, ended, cancellationToken),
        _ => Task.CompletedTask,
    };

    private async Task StartAsync(StoredEvent stored, EvolutionRequested request, CancellationToken cancellationToken)
    {
        if (await streams.LoadAsync(request.Evolution, cancellationToken) is null)
        {
            await PublishAsync(stored, request.Evolution, request.ToCommand(stored.Metadata.Time), cancellationToken);
        }
    }

    private async Task CommandAsync(StoredEvent stored, StageKey key, CancellationToken cancellationToken)
    {
        if (await streams.LoadAsync(key.Evolution, cancellationToken) is { } saga && saga.State.IsCurrent(key)
            && stored.Position >= saga.PositionOf<StageRequested>())
        {
            var payload = DeadlinePayload.Of(key.Evolution, key);
            await deadlines.SetDeadlineAsync(
                new($"{key.Evolution:n}.stage", stored.Metadata.Time + options.StageTimeout, DeadlineKinds.StageTimeout, payload), cancellationToken);
            await PublishAsync(stored, key.Evolution, Commands.For(saga.State), cancellationToken);
        }
    }

    /// <summary>The time of the budget limits the work on candidates; how long a person may think has a limit of its own.</summary>
    private async Task LimitAsync(Guid evolution, CancellationToken cancellationToken)
    {
        if (await streams.LoadAsync(evolution, cancellationToken) is { State: { Phase: < Phase.AwaitingConsent } state }
            && state.Start!.Budget.WallClock is { } limit)
        {
            await deadlines.SetDeadlineAsync(
                new($"{evolution:n}.wall-clock", state.RunningSince + limit, DeadlineKinds.WallClock, DeadlinePayload.Of(evolution)),
                cancellationToken);
        }
    }

    private async Task AwaitAnswerAsync(StoredEvent stored, ConsentRequested asked, CancellationToken cancellationToken)
    {
        var evolution = EvolutionOf(stored);
        if (await streams.LoadAsync(evolution, cancellationToken) is { State.Phase: Phase.AwaitingConsent } saga
            && stored.Position == saga.PositionOf<ConsentRequested>())
        {
            await deadlines.ClearDeadlineAsync($"{evolution:n}.stage", cancellationToken);
            await deadlines.ClearDeadlineAsync($"{evolution:n}.wall-clock", cancellationToken);
            await deadlines.SetDeadlineAsync(
                new($"{evolution:n}.consent", stored.Metadata.Time + asked.Window, DeadlineKinds.ConsentExpiry, DeadlinePayload.Of(evolution)),
                cancellationToken);
        }
    }

    private async Task EndAsync(StoredEvent stored, Facts.EvolutionEnded ended, CancellationToken cancellationToken)
    {
        var evolution = EvolutionOf(stored);
        if (await streams.LoadAsync(evolution, cancellationToken) is not { } saga || saga.Version != stored.Version)
        {
            return; // It was restarted since.
        }

        foreach (var kind in new[] { "stage", "wall-clock", "consent" })
        {
            await deadlines.ClearDeadlineAsync($"{evolution:n}.{kind}", cancellationToken);
        }

        var start = saga.State.Start!;
        await PublishAsync(stored, evolution, new CancelWork(evolution, ended.Reason), cancellationToken);
        await PublishAsync(
            stored, evolution,
            new Wire.EvolutionEnded(
                evolution, start.Batch, start.Substrate, ended.Verdict.ToString(), ended.Reason, saga.State.Change?.Commit, ended.Promoted,
                ended.RolledBack, stored.Metadata.Time),
            cancellationToken);
    }

    /// <summary>
    /// An intent is sent until the evolution shows that it was moved by it, or until it is out of date: it is about the course
    /// that stood when it was stored, and must not change one that was set later.
    /// </summary>
    private async Task SendAsync(
        StoredEvent stored, Guid evolution, Func<EvolutionSaga, long> courseSet, object message, CancellationToken cancellationToken)
    {
        if (await streams.LoadAsync(evolution, cancellationToken) is { } saga && !saga.HasSeen(stored.Id) && stored.Position > courseSet(saga))
        {
            await PublishAsync(stored, evolution, message, cancellationToken);
        }
    }

    private async Task PublishAsync(StoredEvent stored, Guid evolution, object message, CancellationToken cancellationToken)
    {
        using var span = EvolutionTrace.Begin($"dispatch {message.GetType().Name}", evolution, ActivityKind.Producer);
        await bus.Publish(message, message.GetType(), context => context.MessageId = stored.Id, cancellationToken);
    }

    private static Guid EvolutionOf(StoredEvent stored) => Guid.Parse(stored.Metadata.Correlation);
}
