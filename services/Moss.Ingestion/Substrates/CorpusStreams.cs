using Moss.Domain.Corpus;
using Moss.EventStore;

namespace Moss.Ingestion.Substrates;

/// <summary>Reads what is known of the scenarios that guard a substrate; Deployment writes it.</summary>
internal sealed class CorpusStreams(IEventStore store)
{
    public async Task<CorpusState> LoadAsync(string substrate, CancellationToken cancellationToken)
    {
        var corpus = CorpusState.Empty;
        await foreach (var stored in store.ReadStreamAsync(new StreamId($"corpus-{substrate}"), 0, cancellationToken))
        {
            corpus = corpus.Apply(stored.Data, stored.Metadata.Time);
        }

        return corpus;
    }
}

/// <summary>A corpus, for people: it names held-out scenarios.</summary>
/// <param name="Substrate">Whose.</param>
/// <param name="Guards">Scenarios that guard: neither quarantined nor duplicates.</param>
/// <param name="Quarantined">Scenarios that are tried and guard nothing.</param>
/// <param name="Duplicates">Scenarios that ask what another asks.</param>
/// <param name="Unproven">Guards that were never seen to fail without a fix and to pass with it.</param>
/// <param name="Scenarios">All of them, by id.</param>
internal sealed record CorpusView(string Substrate, int Guards, int Quarantined, int Duplicates, int Unproven, IReadOnlyList<CorpusScenario> Scenarios)
{
    public static CorpusView Of(string substrate, CorpusState corpus)
    {
        var guards = corpus.Entries.Values.Where(entry => entry is { Quarantine: null, IsDuplicate: false }).ToList();
        return new(
            substrate, guards.Count, corpus.Quarantined.Count(), corpus.Entries.Values.Count(entry => entry.IsDuplicate), guards.Count(entry => !entry.IsProven),
            CorpusScenario.Of(corpus));
    }
}
