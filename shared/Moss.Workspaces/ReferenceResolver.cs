namespace Moss.Workspaces;

/// <summary>Finds the commit that a name means in a mirror.</summary>
internal sealed class ReferenceResolver(GitRunner git)
{
    private const string SourceBranches = "refs/source/heads/";
    private const int Named = 8;

    /// <summary>Branch of the source, then branch of Moss, then tag, then hash.</summary>
    public async Task<CommitHash> ResolveAsync(Mirror mirror, string reference, CancellationToken cancellationToken)
    {
        if (!ReferenceName.IsValid(reference))
        {
            throw new RepositoryException($"'{reference.ReplaceLineEndings("?")}' cannot name a branch, tag or commit: give the name of a branch or a full hash.");
        }

        var candidates = reference == "HEAD" ? await HeadAsync(mirror, cancellationToken) : Candidates(reference);
        foreach (var candidate in candidates)
        {
            if (await git.AskAsync(GitCommand.Resolve(mirror.Place, candidate + "^{commit}"), cancellationToken) is { } commit)
            {
                return new CommitHash(commit);
            }
        }

        var branches = await BranchesAsync(mirror, cancellationToken);
        var some = string.Join(", ", branches.Take(Named)) + (branches.Count > Named ? ", …" : "");
        throw new RepositoryException($"{mirror.Address.Display} has no branch, tag or commit '{reference}'. Its branches: {some}.");
    }

    /// <summary>Names of the source's branches, sorted, those of Moss last; throws when it has none.</summary>
    public async Task<IReadOnlyList<string>> BranchesAsync(Mirror mirror, CancellationToken cancellationToken)
    {
        var output = await git.ReadAsync(GitCommand.References(mirror.Place, SourceBranches), "list branches", cancellationToken);
        string[] branches = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => name[SourceBranches.Length..]).OrderBy(ReferenceName.IsOwn).ThenBy(name => name, StringComparer.Ordinal)];
        return branches.Length > 0
            ? branches
            : throw new RepositoryException($"{mirror.Address.Display} has no commits yet: commit at least once, on a branch.");
    }

    /// <summary>The commit that the source's HEAD is at, on a branch or not.</summary>
    private async Task<IEnumerable<string>> HeadAsync(Mirror mirror, CancellationToken cancellationToken) =>
        GitOutput.HeadCommit((await git.RunAsync(GitCommand.RemoteHead(mirror.Place, mirror.Address), cancellationToken)).Output) is { } commit ? [commit] : [];

    private static IEnumerable<string> Candidates(string reference)
    {
        const string Heads = "refs/heads/";
        var name = reference.StartsWith(Heads, StringComparison.Ordinal) ? reference[Heads.Length..] : reference;
        yield return SourceBranches + name;
        if (ReferenceName.IsOwn(name))
        {
            yield return Heads + name;
        }

        yield return "refs/source/tags/" + name;
        if (Hashes.IsFull(name) || Hashes.MayBeShort(name))
        {
            yield return name;
        }
    }
}
