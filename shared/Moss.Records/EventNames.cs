using Moss.Domain.Corpus;
using Moss.Domain.Evidence;
using Moss.Domain.Evolution;
using Moss.Domain.Oversight;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;
using Moss.EventStore;

namespace Moss.Records;

/// <summary>
/// The names of all events that Moss stores. Every process needs all of them: whoever reads the feed meets the events of
/// every service, and never goes past one that it cannot read.
/// </summary>
public static class EventNames
{
    /// <summary>Adds them all.</summary>
    public static void Add(EventCatalog catalog)
    {
        foreach (var (name, type) in EvidenceCatalogNames.All.Concat(EvolutionCatalogNames.All).Concat(PromotionCatalogNames.All).Concat(CorpusCatalogNames.All)
            .Concat(WatchCatalogNames.All).Concat(OversightCatalogNames.All))
        {
            catalog.Add(name, type);
        }
    }
}
