using System.Collections.Immutable;

namespace Moss.Workspaces;

/// <summary>
/// The one way by which Moss writes a branch that a person owns: signed merges, and the way back of the branch that was to be merged.
/// Registered in Deployment alone, for oversight; <see cref="IWorkspaceWriter"/> and <see cref="IRecordBranch"/> write <c>moss/…</c> branches only.
/// Every method throws <see cref="RepositoryException"/> when the repository cannot be reached.
/// </summary>
public interface IStableBranch
{
    /// <summary>Merges the head into the tip, as a commit of two parents that is signed and on no branch. The same at the same time is the same commit with keys whose signatures are.</summary>
    Task<SignedMerge> MergeAsync(MergeOrder order, SigningKeyFile key, CancellationToken cancellationToken);

    /// <summary>
    /// Moves a branch of the source from one commit to another, and does nothing when it is anywhere else: what others put there is never
    /// overwritten. A branch that holds the commit already is done.
    /// </summary>
    /// <exception cref="ArgumentException">The move leaves history and the branch is none of Moss's.</exception>
    Task<BranchMove> MoveAsync(string repository, string branch, CommitHash from, CommitHash to, CancellationToken cancellationToken);

    /// <summary>How the remote itself guards a branch.</summary>
    Task<BranchGuard> GuardAsync(string repository, string branch, string publicKey, CancellationToken cancellationToken);

    /// <summary>The public half of a key, as one line of a <c>.pub</c> file.</summary>
    Task<string> PublicKeyAsync(SigningKeyFile key, CancellationToken cancellationToken);
}

/// <summary>A private SSH key without a passphrase.</summary>
/// <param name="Path">Absolute.</param>
public sealed record SigningKeyFile(string Path);

/// <summary>What to merge.</summary>
/// <param name="Repository">Path or URL.</param>
/// <param name="Tip">First parent.</param>
/// <param name="Head">Second parent.</param>
/// <param name="Message">Of the merge.</param>
/// <param name="Time">Of the merge.</param>
public sealed record MergeOrder(string Repository, CommitHash Tip, CommitHash Head, CommitMessage Message, DateTimeOffset Time);

/// <summary>What came of a merge.</summary>
public abstract record SignedMerge
{
    private SignedMerge() { }

    /// <summary>It is there.</summary>
    public sealed record Made(CommitHash Commit) : SignedMerge;

    /// <summary>Both changed the same lines.</summary>
    /// <param name="Files">Where, sorted.</param>
    public sealed record Conflicts(ImmutableArray<string> Files) : SignedMerge;

    /// <summary>It could not be signed.</summary>
    /// <param name="Reason">As the signing program said.</param>
    public sealed record NotSigned(string Reason) : SignedMerge;
}

/// <summary>What came of moving a branch.</summary>
public abstract record BranchMove
{
    private BranchMove() { }

    /// <summary>It holds the commit, perhaps it did before.</summary>
    public sealed record Done : BranchMove;

    /// <summary>It is somewhere else and was left there.</summary>
    /// <param name="Tip">Where; null when there is no such branch.</param>
    public sealed record Elsewhere(CommitHash? Tip) : BranchMove;

    /// <summary>The source would not have it.</summary>
    public sealed record NotTaken(string Reason) : BranchMove;
}

/// <summary>How a remote guards a branch.</summary>
/// <param name="Standing">In a word.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Fix">What to do; empty when it is guarded.</param>
/// <param name="Hook">The hook that guards it, whole, for a repository that takes hooks.</param>
public sealed record BranchGuard(GuardStanding Standing, string Detail, string Fix, string Hook);

/// <summary>Whether a remote guards a branch.</summary>
public enum GuardStanding
{
    /// <summary>The hook is there, is the one for this branch and key, and runs.</summary>
    Guarded,

    /// <summary>Whoever may push may write the branch.</summary>
    Open,

    /// <summary>It cannot be seen from here.</summary>
    Unknown,
}
