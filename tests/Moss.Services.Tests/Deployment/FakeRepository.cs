using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Moss.Deployment.Instances;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Services.Tests.Deployment;

/// <summary>A repository whose commits are folders, and the directory and declarations that go with it.</summary>
internal sealed class FakeRepository(string root, string name) : IWorkspaceReader, IWorkspaceWriter, ISubstrateDirectory, IDeclarations
{
    private readonly Dictionary<string, string> trees = new(StringComparer.Ordinal);

    public string Path => root;

    public SubstrateDeclaration Declaration { get; set; } = new(name) { Trial = new TrialStep(["true"]) };

    /// <summary>What commits declare that declare something else than <see cref="Declaration"/>.</summary>
    public Dictionary<string, SubstrateDeclaration> DeclaredAt { get; } = new(StringComparer.Ordinal);

    /// <summary>What a commit follows, where that matters.</summary>
    public Dictionary<string, string> Parents { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> Branches { get; } = new(StringComparer.Ordinal);

    public string? PublishProblem { get; set; }

    public int Published { get; private set; }

    /// <summary>A commit with these files; the same files make the same tree.</summary>
    public CommitHash Commit(string message, params (string Path, string Content)[] files)
    {
        var tree = Hash(string.Join('\n', files.Select(file => $"{file.Path}={file.Content}")));
        var commit = Hash($"{message}\n{tree}");
        foreach (var (path, content) in files)
        {
            var file = System.IO.Path.Combine(root, tree, path);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllText(file, content);
        }

        trees[commit] = tree;
        return new CommitHash(commit);
    }

    public Task<SubstrateEntry?> FindAsync(string wanted, CancellationToken cancellationToken) =>
        Task.FromResult(wanted == name ? new SubstrateEntry(name, root) : null);

    public Task<DeclaredSubstrate> ReadAsync(string substrate, string commit, CancellationToken cancellationToken) =>
        Task.FromResult(new DeclaredSubstrate(root, DeclaredAt.GetValueOrDefault(commit, Declaration)));

    public Task<string> StableBranchAsync(string substrate, CancellationToken cancellationToken) => Task.FromResult("main");

    public Task<CommitHash> ResolveAsync(string repository, string reference, CancellationToken cancellationToken) =>
        Branches.TryGetValue(reference, out var commit) || trees.ContainsKey(commit = reference)
            ? Task.FromResult(new CommitHash(commit))
            : throw new RepositoryException($"there is no '{reference}'");

    public string TreeOf(CommitHash commit) =>
        trees.TryGetValue(commit.Value, out var tree) ? tree : throw new RepositoryException($"there is no commit {commit}");

    public Task<TreeHash> TreeOfAsync(string repository, CommitHash commit, CancellationToken cancellationToken) =>
        Task.FromResult(new TreeHash(TreeOf(commit)));

    /// <summary>A commit with the tree of another, known by the commit that it undoes.</summary>
    public Task<CommitHash> RevertAsync(
        string repository, CommitHash undone, CommitHash earlier, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var commit = Hash($"{undone}\n{earlier}\n{message.Subject}\n{message.Body}\n{time:O}");
        trees[commit] = TreeOf(earlier);
        return Task.FromResult(new CommitHash(commit));
    }

    public async Task<string> CheckoutAsync(string repository, CommitHash commit, CancellationToken cancellationToken) =>
        System.IO.Path.Combine(root, (await TreeOfAsync(repository, commit, cancellationToken)).Value);

    public Task PublishAsync(string repository, string branch, CommitHash commit, CancellationToken cancellationToken)
    {
        Published++;
        if (PublishProblem is { } problem)
        {
            throw new RepositoryException(problem);
        }

        Branches[branch] = commit.Value;
        return Task.CompletedTask;
    }

    public Task<RepositoryState> InspectAsync(string repository, CancellationToken cancellationToken) => throw Unused();

    public Task<ImmutableArray<string>> ListFilesAsync(string repository, CommitHash commit, CancellationToken cancellationToken) => throw Unused();

    public Task<byte[]?> ReadFileAsync(string repository, CommitHash commit, string path, CancellationToken cancellationToken) => throw Unused();

    public Task<Stream> ArchiveAsync(string repository, CommitHash commit, ImmutableArray<string> without, CancellationToken cancellationToken) => throw Unused();

    public Task<Diff> DiffAsync(string repository, CommitHash from, CommitHash to, CancellationToken cancellationToken) =>
        Task.FromResult(new Diff(Patch(from.Value, to.Value), []));

    public Task<bool> IsAncestorAsync(string repository, CommitHash ancestor, CommitHash descendant, CancellationToken cancellationToken)
    {
        for (var commit = descendant.Value; commit is not null; commit = Parents.GetValueOrDefault(commit))
        {
            if (commit == ancestor.Value)
            {
                return Task.FromResult(true);
            }
        }

        return Task.FromResult(false);
    }

    public static string Patch(string from, string to) => $"from {from} to {to}\n";

    public Task<WorkspaceLease> LeaseAsync(string repository, string lease, CommitHash start, CancellationToken cancellationToken) => throw Unused();

    public Task<Diff> ChangesAsync(WorkspaceLease lease, CancellationToken cancellationToken) => throw Unused();

    public Task<CommitHash?> CommitAsync(WorkspaceLease lease, CommitMessage message, DateTimeOffset time, CancellationToken cancellationToken) =>
        throw Unused();

    public Task<Rebase> RebaseAsync(string repository, CommitHash commit, CommitHash onto, DateTimeOffset time, CancellationToken cancellationToken) =>
        throw Unused();

    public Task ReleaseAsync(WorkspaceLease lease, CancellationToken cancellationToken) => throw Unused();

    public Task<int> SweepAsync(IReadOnlySet<string> live, CancellationToken cancellationToken) => throw Unused();

    private static InvalidOperationException Unused() => new("deployment does not do this");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..40];
}
