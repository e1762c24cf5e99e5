namespace Moss.Workspaces;

/// <summary>Moves commits within a mirror.</summary>
internal sealed class Rebasing(GitRunner git)
{
    private const string Trailer = "Rebased-From";

    public async Task<Rebase> MoveAsync(Mirror mirror, CommitHash commit, CommitHash onto, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var merged = await git.RunAsync(GitCommand.MergeTree(mirror.Place, onto, commit), cancellationToken);
        var records = GitOutput.Records(merged.Output);
        switch (merged.Code)
        {
            case 0:
                var message = (await git.ReadAsync(GitCommand.Message(mirror.Place, commit), "read a message", cancellationToken)).TrimEnd();
                var command = GitCommand.CommitTree(mirror.Place, new(records[0]), onto, $"{message}\n{Trailer}: {commit}\n", time);
                return new Rebase.Moved(new((await git.ReadAsync(command, "commit", cancellationToken)).TrimEnd('\n')));
            case 1:
                return new Rebase.Conflicts([.. records.Skip(1).Where(file => file.Length > 0).Distinct().Order(StringComparer.Ordinal)]);
            default:
                throw GitComplaint.During("put two changes together", merged.Error);
        }
    }
}
