using Moss.Deployment.Instances;
using Moss.Domain.Oversight;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Overseeing;

/// <summary>Where a substrate's promotions are to go, as the tip of its stable branch says.</summary>
/// <param name="Substrate">Name.</param>
/// <param name="Repository">Path or URL.</param>
/// <param name="Tip">Of the stable branch.</param>
/// <param name="Declaration">As it stands there: what a person owns counts, not what was promoted.</param>
internal sealed record OversightPlace(string Substrate, string Repository, CommitHash Tip, SubstrateDeclaration Declaration)
{
    /// <summary>Null where no oversight is declared.</summary>
    public OversightTerms? Terms { get; } =
        Declaration.Oversight is { } declared ? new(declared.Period, declared.Grace, declared.Approvers) : null;
}

/// <summary>Finds them.</summary>
internal sealed class OversightPlaces(IDeclarations declarations, ISubstrateDirectory directory, IWorkspaceReader workspaces)
{
    /// <exception cref="NotDeployableException">The substrate or its declaration cannot be used.</exception>
    /// <exception cref="RepositoryException">The repository cannot be reached.</exception>
    public async Task<OversightPlace> FindAsync(string substrate, CancellationToken cancellationToken)
    {
        var entry = await directory.FindAsync(substrate, cancellationToken)
            ?? throw new NotDeployableException("substrate", $"no substrate '{substrate}' is registered", "add it first: moss substrate add");
        var branch = await declarations.StableBranchAsync(substrate, cancellationToken);
        var tip = await workspaces.ResolveAsync(entry.Repository, branch, cancellationToken);
        var declared = await declarations.ReadAsync(substrate, tip.Value, cancellationToken);
        return new OversightPlace(substrate, entry.Repository, tip, declared.Declaration with { StableBranch = branch });
    }
}
