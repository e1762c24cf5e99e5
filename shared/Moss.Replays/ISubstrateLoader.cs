using System.Collections.Immutable;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Replays;

/// <summary>Everything that a stage needs to know of a substrate at one commit, read from that commit and nowhere else.</summary>
public interface ISubstrateLoader
{
    /// <summary>
    /// Finds the substrate, checks the commit out (read-only, shared) and reads its declaration and scenarios. Throws
    /// <see cref="SubstrateUnusableException"/> when one of them cannot be used; the message says which and how to mend it.
    /// </summary>
    /// <param name="name">Registered name.</param>
    /// <param name="commit">Full hash.</param>
    /// <param name="cancellationToken">Ends the load.</param>
    Task<LoadedSubstrate> LoadAsync(string name, string commit, CancellationToken cancellationToken);
}

/// <summary>A substrate at a commit.</summary>
/// <param name="Entry">Name and repository.</param>
/// <param name="Declaration">Its <c>moss.yaml</c>.</param>
/// <param name="Commit">The commit that all of it was read from.</param>
/// <param name="TreePath">Absolute path of a read-only checkout of the commit; it has no .git inside.</param>
/// <param name="Scenarios">Every scenario of the commit, sorted by id.</param>
public sealed record LoadedSubstrate(
    SubstrateEntry Entry, SubstrateDeclaration Declaration, CommitHash Commit, string TreePath, ImmutableArray<Scenario> Scenarios)
{
    /// <summary>Absolute path of the trusted scenario folder: what script graders see at <c>/moss/graders</c>.</summary>
    public string GraderFolder => Path.Combine(TreePath, Declaration.Scenarios);

    /// <summary>The scenario of that id; null when the commit has none.</summary>
    public Scenario? Find(string id) => Scenarios.FirstOrDefault(scenario => scenario.Id == id);
}

/// <summary>A substrate cannot be worked on as it is; the message names the file, the field and the fix.</summary>
public sealed class SubstrateUnusableException(string message) : Exception(message);
