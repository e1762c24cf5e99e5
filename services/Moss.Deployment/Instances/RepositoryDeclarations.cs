using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Instances;

/// <summary>Declarations as they lie in the substrates' repositories.</summary>
internal sealed class RepositoryDeclarations(ISubstrateDirectory directory, IWorkspaceReader workspaces) : IDeclarations
{
    public async Task<DeclaredSubstrate> ReadAsync(string substrate, string commit, CancellationToken cancellationToken)
    {
        var entry = await EntryAsync(substrate, cancellationToken);
        try
        {
            var content = await workspaces.ReadFileAsync(entry.Repository, new CommitHash(commit), SubstrateReader.FileName, cancellationToken)
                ?? throw new NotDeployableException(
                    SubstrateReader.FileName, $"commit {commit} has no {SubstrateReader.FileName}", "add one at the root of the repository and commit it");
            return SubstrateReader.Read(content) switch
            {
                SubstrateReading.Declared declared => new DeclaredSubstrate(entry.Repository, declared.Declaration),
                SubstrateReading.Invalid invalid => throw new NotDeployableException(
                    invalid.Problems[0].Field, $"commit {commit}: {invalid.Problems[0]}", invalid.Problems[0].Fix),
                var other => throw new InvalidOperationException($"unknown reading {other}"),
            };
        }
        catch (RepositoryException broken)
        {
            throw new NotDeployableException("commit", broken.Message, "mend the repository and try again");
        }
    }

    public async Task<string> StableBranchAsync(string substrate, CancellationToken cancellationToken)
    {
        var entry = await EntryAsync(substrate, cancellationToken);
        var state = await workspaces.InspectAsync(entry.Repository, cancellationToken);

        // Which branch is stable is known only from a declaration; the branch that is checked out has one.
        var branch = state.Branch ?? state.Branches[0];
        var head = await workspaces.ResolveAsync(entry.Repository, branch, cancellationToken);
        return (await ReadAsync(substrate, head.Value, cancellationToken)).Declaration.StableBranch;
    }

    private async Task<SubstrateEntry> EntryAsync(string substrate, CancellationToken cancellationToken) =>
        await directory.FindAsync(substrate, cancellationToken)
        ?? throw new NotDeployableException("substrate", $"no substrate '{substrate}' is registered", "add it first: moss substrate add");
}
