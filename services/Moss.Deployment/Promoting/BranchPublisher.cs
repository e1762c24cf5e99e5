using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Promoting;

/// <summary>
/// Moves the branch of promoted commits. It only ever goes forward: what was taken back is undone by a commit on top, so that nobody who has
/// the branch loses any history, and what was tried stays to be read.
/// </summary>
internal sealed class BranchPublisher(ISubstrateDirectory directory, IWorkspaceWriter workspaces)
{
    /// <summary>Null when it points at the commit, else why it does not.</summary>
    public Task<string?> PublishAsync(string substrate, string branch, string commit) =>
        ToldAsync(substrate, entry => workspaces.PublishAsync(entry.Repository, branch, new CommitHash(commit), CancellationToken.None));

    /// <summary>Gives the branch the content again that a promoted commit was based on. The same again changes nothing.</summary>
    /// <param name="substrate">Whose branch.</param>
    /// <param name="branch">Its name.</param>
    /// <param name="undone">The promoted commit.</param>
    /// <param name="earlier">The commit that it was based on.</param>
    /// <param name="reason">Why, for whoever reads the history.</param>
    /// <param name="at">When it was decided; the same for every try.</param>
    /// <returns>The commit, or why there is none.</returns>
    public async Task<(string? Commit, string? Problem)> RevertAsync(
        string substrate, string branch, string undone, string earlier, string reason, DateTimeOffset at)
    {
        CommitHash? made = null;
        var problem = await ToldAsync(substrate, async entry =>
        {
            var message = new CommitMessage($"Take back {undone[..12]}", reason, [("Reverts", undone)]);
            made = await workspaces.RevertAsync(entry.Repository, new CommitHash(undone), new CommitHash(earlier), message, at, CancellationToken.None);
            await workspaces.PublishAsync(entry.Repository, branch, made.Value, CancellationToken.None);
        });
        return problem is null ? (made?.Value, null) : (null, problem);
    }

    private async Task<string?> ToldAsync(string substrate, Func<SubstrateEntry, Task> move)
    {
        if (await directory.FindAsync(substrate, CancellationToken.None) is not { } entry)
        {
            return $"no substrate '{substrate}' is registered any more";
        }

        try
        {
            await move(entry);
            return null;
        }
        catch (RepositoryException refused)
        {
            return refused.Message;
        }
    }
}
