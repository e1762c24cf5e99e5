using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Promoting;

/// <summary>Moves the branch of promoted commits.</summary>
internal sealed class BranchPublisher(ISubstrateDirectory directory, IWorkspaceWriter workspaces)
{
    /// <summary>Null when it points at the commit, else why it does not.</summary>
    public async Task<string?> PublishAsync(string substrate, string branch, string commit)
    {
        if (await directory.FindAsync(substrate, CancellationToken.None) is not { } entry)
        {
            return $"no substrate '{substrate}' is registered any more";
        }

        try
        {
            await workspaces.PublishAsync(entry.Repository, branch, new CommitHash(commit), CancellationToken.None);
            return null;
        }
        catch (RepositoryException refused)
        {
            return refused.Message;
        }
    }
}
