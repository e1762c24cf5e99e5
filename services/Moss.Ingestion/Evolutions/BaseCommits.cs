using Moss.Ingestion.Substrates;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Ingestion.Evolutions;

/// <summary>
/// Where an evolution starts: at what was promoted last, or at the stable branch. Who has to sign says the stable branch, as for whoever
/// promotes; what was promoted before anybody had to does not know of it.
/// </summary>
internal sealed class BaseCommits(SubstrateInspection inspection, IWorkspaceReader workspaces)
{
    public const string EvolvedBranch = "moss/evolved";

    public async Task<Inspected> FindAsync(SubstrateEntry entry, CancellationToken cancellationToken)
    {
        var stable = await inspection.InspectAsync(entry.Repository, null, allowDirty: true, cancellationToken);
        if (stable.Declaration is null)
        {
            return stable;
        }

        var reference = await HasAsync(entry, EvolvedBranch, cancellationToken) ? EvolvedBranch : stable.Declaration.StableBranch;
        var start = await inspection.InspectAsync(entry.Repository, reference, allowDirty: true, cancellationToken);
        return start.Declaration is { } declared
            ? start with { Declaration = declared with { Consent = stable.Declaration.Consent ?? declared.Consent } }
            : start;
    }

    private async Task<bool> HasAsync(SubstrateEntry entry, string branch, CancellationToken cancellationToken) =>
        (await workspaces.InspectAsync(entry.Repository, cancellationToken)).Branches.Contains(branch);
}
