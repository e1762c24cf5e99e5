using System.Collections.Immutable;
using Moss.CodingAgents.Jail;
using Moss.Domain.Implementation;
using Moss.Workspaces;

namespace Moss.Implementation;

/// <summary>Looks at what an agent left in its work tree.</summary>
internal static class ImplementedChange
{
    /// <summary>
    /// Refuses a work tree with a repository in it before git is let near: git would read that repository's configuration,
    /// and take the folder for a submodule.
    /// </summary>
    public static ChangeRefusal? Refuse(WorkspaceLease lease) => WorkTreeFiles.Repositories(lease.Path) is [var found, ..]
        ? new(RefusalGround.OutOfScope, found, $"{found} was made in the work tree, which has no version control of its own")
        : null;

    public static ChangeRefusal? Refuse(Diff diff, ChangeRules rules) => ChangeGates.Check(
        new(diff.Files.Select(file => new ChangedFile(file.Path, file.Insertions, file.Deletions, file.Binary)).ToImmutableArray(), diff.Patch), rules);
}
