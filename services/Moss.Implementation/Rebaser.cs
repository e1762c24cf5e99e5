using System.Text;
using Moss.Artifacts;
using Moss.CodingAgents.Cases;
using Moss.Contracts.Implementation;
using Moss.Replays;
using Moss.Workspaces;

namespace Moss.Implementation;

/// <summary>
/// Moves a change onto what was promoted meanwhile, as git merges them and without an agent. The mechanical gates look at it again:
/// what may be changed is declared by the base.
/// </summary>
internal sealed class Rebaser(ISubstrateLoader loader, IWorkspaceReader reader, IWorkspaceWriter writer, IArtifactStore artifacts, TimeProvider clock)
{
    public async Task<object> RebaseAsync(RebaseChange command, CancellationToken cancellationToken)
    {
        var substrate = await loader.LoadAsync(command.Subject.Substrate, command.Subject.BaseCommit, cancellationToken);
        var repository = substrate.Entry.Repository;
        switch (await writer.RebaseAsync(repository, new(command.Commit), substrate.Commit, clock.GetUtcNow(), cancellationToken))
        {
            case Rebase.Conflicts conflicts:
                return new RebaseRefused(
                    command.Stage, "Conflict", $"{substrate.Commit} was promoted meanwhile, and both change {string.Join(", ", conflicts.Files)}");
            case Rebase.Moved moved:
                var diff = await reader.DiffAsync(repository, substrate.Commit, moved.Commit, cancellationToken);
                if (diff.Files.IsEmpty)
                {
                    return new RebaseRefused(command.Stage, "Present", $"{substrate.Commit} was promoted meanwhile and has this change already");
                }

                return ImplementedChange.Refuse(diff, ScopeRules.Of(substrate.Declaration)) is { } refusal
                    ? new RebaseRefused(command.Stage, refusal.Ground.ToString(), refusal.Reason)
                    : await PublishAsync(command, repository, moved.Commit, diff, cancellationToken);
            case var other:
                throw new InvalidOperationException($"a rebase cannot end as {other}");
        }
    }

    private async Task<ChangeRebased> PublishAsync(RebaseChange command, string repository, CommitHash commit, Diff diff, CancellationToken cancellationToken)
    {
        var artifact = await artifacts.KeepAsync(Encoding.UTF8.GetBytes(diff.Patch), cancellationToken);
        await writer.PublishAsync(repository, $"moss/evolution/{command.Stage.EvolutionId:n}", commit, cancellationToken);
        var tree = await reader.TreeOfAsync(repository, commit, cancellationToken);
        return new(command.Stage, commit.Value, tree.Value, artifact, diff.Files.Length, diff.Insertions, diff.Deletions);
    }
}
