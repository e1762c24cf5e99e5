using Moss.Ingestion.Substrates;
using Moss.ServiceDefaults.Problems;
using Moss.Substrates;

namespace Moss.Ingestion.Evidence;

/// <summary>Evidence must name a scenario that can be replayed: without one nobody could say whether a change repairs it.</summary>
internal sealed class KnownScenarios(SubstrateInspection inspection)
{
    public async Task<IReadOnlyList<RequestProblem>> MissingAsync(
        SubstrateEntry entry, IReadOnlyList<EvidenceItem> items, CancellationToken cancellationToken)
    {
        var inspected = await inspection.InspectAsync(entry.Repository, null, allowDirty: true, cancellationToken);
        if (inspected.Problems.Count > 0)
        {
            return inspected.Problems;
        }

        return
        [
            .. items.Select((item, index) => (item, index))
                .Where(pair => pair.item.Substrate == entry.Name && !inspected.Scenarios.Contains(pair.item.Scenario!))
                .Select(pair => new RequestProblem(
                    $"items[{pair.index}].scenario", $"{entry.Name} has no scenario '{pair.item.Scenario}' at commit {inspected.Commit}",
                    $"commit {inspected.Declaration!.Scenarios}/{pair.item.Scenario}.json, or name one that is there")),
        ];
    }
}
