using Microsoft.AspNetCore.Http;
using Moss.Ingestion.Substrates;
using Moss.ServiceDefaults.Problems;
using Moss.Substrates;

namespace Moss.Ingestion.Evidence;

/// <summary>Evidence must name a scenario that can be replayed: without one nobody could say whether a change repairs it.</summary>
internal sealed class KnownScenarios(SubstrateInspection inspection)
{
    /// <summary>The answer for a report that names a scenario that is not there; null when all are.</summary>
    public async Task<IResult?> MissingAsync(SubstrateEntry entry, IReadOnlyList<EvidenceItem> items, CancellationToken cancellationToken)
    {
        var inspected = await inspection.InspectAsync(entry.Repository, null, allowDirty: true, cancellationToken);
        if (inspected.Problems is [var first, ..])
        {
            return Problem.Conflict(
                first.Field, $"the repository of {entry.Name} cannot be used as it is: {first.Detail}", $"{first.Fix}; then send the report again");
        }

        RequestProblem[] missing =
        [
            .. items.Index().Where(pair => pair.Item.Substrate == entry.Name && !inspected.Scenarios.Contains(pair.Item.Scenario!))
                .Select(pair => new RequestProblem(
                    $"items[{pair.Index}].scenario", $"{entry.Name} has no scenario '{pair.Item.Scenario}' at commit {inspected.Commit}",
                    $"commit {inspected.Declaration!.Scenarios}/{pair.Item.Scenario}.json, or name one that is there")),
        ];
        return missing.Length > 0 ? Problem.Invalid(missing) : null;
    }
}
