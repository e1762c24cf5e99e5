using System.Text;
using Moss.Artifacts;
using Moss.CodingAgents.Cases;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Sessions;
using Moss.Contracts;
using Moss.Contracts.Implementation;
using Moss.Domain.Implementation;
using Moss.Replays;
using Moss.ServiceDefaults.Stages;
using Moss.Workspaces;

namespace Moss.Implementation;

/// <summary>
/// Has a plan written down as one commit: a fresh work tree, an agent in its jail, the mechanical gates, a branch of Moss's
/// own. Nothing is committed that did not pass every gate, and the work tree is gone whatever happens.
/// </summary>
internal sealed class Author(
    ISubstrateLoader loader, IWorkspaceReader reader, IWorkspaceWriter writer, BaselineReader baseline, RoleDesk roles,
    IArtifactStore artifacts, TimeProvider clock)
{
    public async Task<object> WriteAsync(ImplementPlan command, CancellationToken cancellationToken)
    {
        var substrate = await loader.LoadAsync(command.Subject.Substrate, command.Subject.BaseCommit, cancellationToken);
        var lease = await LeaseAsync(cancellationToken);
        try
        {
            var request = await RequestAsync(command, substrate, lease.Path, cancellationToken);
            var outcome = await roles.PlayAsync(RoleCatalog.Implement, request, check: null, cancellationToken, StartOverAsync);
            var spending = outcome.Use.Spending;
            return outcome switch
            {
                RoleOutcome<ImplementReport>.Reported { Report: var report } => await GateAsync(lease, command, substrate, report, spending, cancellationToken),
                RoleOutcome<ImplementReport>.Failed failed => new ImplementationRefused(command.Stage, "Unusable", failed.Reason, spending),
                RoleOutcome<ImplementReport>.Unavailable unavailable => throw new StageBrokeException(unavailable.Reason, spending),
                _ => throw new InvalidOperationException($"a role cannot end as {outcome}"),
            };
        }
        finally
        {
            await writer.ReleaseAsync(lease, CancellationToken.None);
        }

        Task<WorkspaceLease> LeaseAsync(CancellationToken token) =>
            writer.LeaseAsync(substrate.Entry.Repository, command.Stage.Key(), substrate.Commit, token);

        async Task<string> StartOverAsync(CancellationToken token)
        {
            await writer.ReleaseAsync(lease, CancellationToken.None);
            lease = await LeaseAsync(token);
            return lease.Path;
        }
    }

    private async Task<CaseRequest> RequestAsync(ImplementPlan command, LoadedSubstrate substrate, string workTree, CancellationToken cancellationToken) =>
        new(command.Stage.Key(), command.Subject, substrate, workTree)
        {
            EarlierKey = command.Stage.EarlierKey(),
            FailureClass = command.FailureClass,
            DiagnosisArtifact = command.DiagnosisArtifact,
            PlanArtifact = command.PlanArtifact,
            Feedback = command.Feedback,
            Attempts = command.Attempts,
            Baseline = await baseline.ReadAsync(command.Subject, cancellationToken),
            DollarsLeft = command.DollarsLeft,
        };

    private async Task<object> GateAsync(
        WorkspaceLease lease, ImplementPlan command, LoadedSubstrate substrate, ImplementReport report, Spending spending,
        CancellationToken cancellationToken)
    {
        if (ImplementedChange.Refuse(lease) is { } repository)
        {
            return Refused(repository);
        }

        var diff = await writer.ChangesAsync(lease, cancellationToken);
        if (ImplementedChange.Refuse(diff, ScopeRules.Of(substrate.Declaration)) is { } refusal)
        {
            return Refused(refusal);
        }

        var message = ChangeMessage.Of(command, report, await PlanAsync(command.PlanArtifact, cancellationToken), diff, spending);
        return await writer.CommitAsync(lease, message, clock.GetUtcNow(), cancellationToken) is { } commit
            ? await PublishAsync(command, substrate, commit, diff, message.Subject, spending, cancellationToken)
            : Refused(new(RefusalGround.NoChange, null, "the agent changed no file"));

        ImplementationRefused Refused(ChangeRefusal refused) => new(command.Stage, refused.Ground.ToString(), refused.Reason, spending);
    }

    private async Task<object> PublishAsync(
        ImplementPlan command, LoadedSubstrate substrate, CommitHash commit, Diff diff, string summary, Spending spending,
        CancellationToken cancellationToken)
    {
        var repository = substrate.Entry.Repository;
        var artifact = await artifacts.KeepAsync(Encoding.UTF8.GetBytes(diff.Patch), cancellationToken);
        await writer.PublishAsync(repository, $"moss/evolution/{command.Stage.EvolutionId:n}", commit, cancellationToken);
        var tree = await reader.TreeOfAsync(repository, commit, cancellationToken);
        return new PlanImplemented(
            command.Stage, commit.Value, tree.Value, artifact, summary, diff.Files.Length, diff.Insertions, diff.Deletions, spending);
    }

    private async Task<PlanReport?> PlanAsync(string hash, CancellationToken cancellationToken) =>
        await artifacts.FindAsync(hash, cancellationToken) is { } json
        && RoleCatalog.Plan.Parse(Encoding.UTF8.GetString(json)) is ReportCheck<PlanReport>.Good plan
            ? plan.Report
            : null;
}
