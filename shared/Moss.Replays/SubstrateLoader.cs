using Moss.Replays.Judging;
using Moss.Replays.Reading;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Replays;

/// <summary>Loads through the directory of substrates and the git mirror.</summary>
public sealed class SubstrateLoader(ISubstrateDirectory directory, IWorkspaceReader workspaces) : ISubstrateLoader
{
    /// <inheritdoc/>
    public async Task<LoadedSubstrate> LoadAsync(string name, string commit, CancellationToken cancellationToken)
    {
        var entry = await directory.FindAsync(name, cancellationToken)
            ?? throw new SubstrateUnusableException($"no substrate is called '{name}'; register it with 'moss substrate add'");
        var at = new CommitHash(commit);
        var tree = await workspaces.CheckoutAsync(entry.Repository, at, cancellationToken);
        var declaration = Declaration(await workspaces.ReadFileAsync(entry.Repository, at, SubstrateReader.FileName, cancellationToken), at);
        var folder = ScenarioFolder.Read(tree, declaration.Scenarios);
        var problems = folder.Problems.AddRange(JudgeDeclared.Problems(declaration, folder.Scenarios));
        return problems.IsEmpty
            ? new LoadedSubstrate(entry, declaration, at, tree, folder.Scenarios)
            : throw new SubstrateUnusableException($"the scenarios of commit {at} cannot be used:\n{string.Join('\n', problems)}");
    }

    private static SubstrateDeclaration Declaration(byte[]? content, CommitHash commit) =>
        content is null
            ? throw new SubstrateUnusableException($"commit {commit} has no {SubstrateReader.FileName}; add one at the root of the repository")
            : SubstrateReader.Read(content) switch
            {
                SubstrateReading.Declared declared => declared.Declaration,
                SubstrateReading.Invalid invalid => throw new SubstrateUnusableException(
                    $"{SubstrateReader.FileName} of commit {commit} cannot be used:\n{string.Join('\n', invalid.Problems)}"),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
}
