using Moss.Domain.Consents;
using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.Orchestrator.EventSourcing;
using Moss.Orchestrator.Machine;
using Moss.Orchestrator.ReadModels;
using Moss.Records;

namespace Moss.Orchestrator.Api;

/// <summary>What the endpoints ask of evolutions: reads, and intents that are stored before they are acted on.</summary>
internal sealed class Evolutions(IEventStore store, SagaStreams<EvolutionSaga> streams, EvolutionIndex index, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Where it is kept what people want of an evolution.</summary>
    public static StreamId IntentsOf(Guid evolution) => new($"intents-{evolution:n}");

    public async Task<EvolutionState?> FindAsync(Guid evolution, CancellationToken cancellationToken) =>
        (await streams.LoadAsync(evolution, cancellationToken))?.State;

    public async Task<IReadOnlyList<EvolutionState>> ListAsync(string? substrate, Guid? batch, CancellationToken cancellationToken)
    {
        var found = new List<EvolutionState>();
        foreach (var id in await index.FindAsync(substrate, batch, cancellationToken))
        {
            if (await FindAsync(id, cancellationToken) is { Start: not null } state)
            {
                found.Add(state);
            }
        }

        return [.. found.OrderByDescending(state => state.StartedAt)];
    }

    /// <summary>What approvers are asked to sign, as it stands now.</summary>
    public async Task<ConsentSubject> AskedAsync(EvolutionState state, CancellationToken cancellationToken)
    {
        var record = await ConsentRecord.ReadAsync(store, state.Start!.Evolution, cancellationToken);
        return SignedOffers.SubjectOf(state, await ConsentRecord.TargetOfAsync(store, state.Start.Substrate, cancellationToken), record.Verdict);
    }

    public Task IntendAsync(Guid evolution, object intent, string by, CancellationToken cancellationToken) =>
        store.AppendAsync(
            IntentsOf(evolution), ExpectedVersion.Any,
            [new NewEvent(Guid.CreateVersion7(Now), intent, new EventMetadata(evolution.ToString(), "", by, Now))], cancellationToken);
}
