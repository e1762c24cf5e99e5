using System.Collections.Immutable;

namespace Moss.Domain.Implementation;

/// <summary>What an agent left in its work tree, as git sees it.</summary>
/// <param name="Files">A row per changed file.</param>
/// <param name="Patch">Unified diff as git prints it.</param>
public sealed record ProposedChange(ImmutableArray<ChangedFile> Files, string Patch);

/// <summary>One changed file; both counts are 0 when it is binary.</summary>
public sealed record ChangedFile(string Path, int Insertions, int Deletions, bool Binary = false);

/// <summary>Why a change is refused before anyone reviews it.</summary>
public enum RefusalGround
{
    /// <summary>Nothing was changed.</summary>
    NoChange,

    /// <summary>A file was changed that may not be.</summary>
    OutOfScope,

    /// <summary>It adds what looks like a credential.</summary>
    Secret,

    /// <summary>It asks for a dependency that the substrate does not have.</summary>
    NewDependency,

    /// <summary>It is larger than the substrate allows.</summary>
    TooLarge,
}

/// <summary>A refused change.</summary>
/// <param name="Ground">Why, by name.</param>
/// <param name="Path">The file that it is about; null when it is about no single file.</param>
/// <param name="Reason">Why, for people and for the agent's next try; names the file, never the secret.</param>
public sealed record ChangeRefusal(RefusalGround Ground, string? Path, string Reason);
