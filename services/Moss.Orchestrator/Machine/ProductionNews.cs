using Moss.Domain.Evolution;
using Moss.Domain.Watching;
using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Orchestrator.Machine;

/// <summary>Writes into the story of an evolution that production went back to the version before it. Once a rollback.</summary>
internal sealed class ProductionNews(IEventStore store) : IFeedHandler
{
    public string Name => "production-news";

    public async Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (stored.Data is ProductionRolledBack rolledBack)
        {
            while (!await IsToldAsync(rolledBack, stored, cancellationToken))
            {
                // The evolution went on meanwhile: it is read again.
            }
        }
    }

    private async Task<bool> IsToldAsync(ProductionRolledBack rolledBack, StoredEvent stored, CancellationToken cancellationToken)
    {
        var stream = EvolutionSaga.StreamOf(rolledBack.Evolution);
        var version = ExpectedVersion.NoStream.Value;
        await foreach (var one in store.ReadStreamAsync(stream, 0, cancellationToken))
        {
            if (one.Data is RolledBackInProduction)
            {
                return true;
            }

            version = one.Version;
        }

        if (version == ExpectedVersion.NoStream.Value)
        {
            return true; // The evolution of another store.
        }

        var told = new RolledBackInProduction(rolledBack.Commit, rolledBack.LastKnownGood, rolledBack.Reason, rolledBack.By);
        var metadata = new EventMetadata(rolledBack.Evolution.ToString(), stored.Id.ToString(), "deployment", stored.Metadata.Time);
        try
        {
            await store.AppendAsync(
                stream, ExpectedVersion.Exactly(version), [new NewEvent(Guid.CreateVersion7(stored.Metadata.Time), told, metadata)], cancellationToken);
            return true;
        }
        catch (WrongExpectedVersionException)
        {
            return false;
        }
    }
}
