using System.Text;
using Moss.Artifacts;
using Moss.Consents;
using Moss.Contracts.Deployment;
using Moss.Deployment.Instances;
using Moss.Domain.Consents;
using Moss.Domain.Promotion;
using Moss.EventStore;
using Moss.Records;
using Moss.ServiceDefaults.Stages;
using Moss.Workspaces;

namespace Moss.Deployment.Promoting;

/// <summary>
/// Whether the approvers of a substrate signed for what a command asks. Of the command only the candidate and its base are believed, and
/// the signatures cover both; everything else is asked of the repository, the journals and whatever runs the instances.
/// </summary>
internal sealed class SignedConsents(
    ApproverRegister register, IWorkspaceReader workspaces, IInstanceHost host, IEventReader events, TimeProvider clock)
{
    /// <summary>Null where nothing has to be signed.</summary>
    public async Task<QuorumRuling?> CheckAsync(
        PromoteCandidate command, DeclaredSubstrate declared, DeploymentState deployment, PromotionState promotion, CancellationToken cancellationToken)
    {
        var substrate = command.Subject.Substrate;
        if (await register.FindAsync(substrate, declared, cancellationToken) is not { } rule)
        {
            return null;
        }

        if (!await register.IsOwnBaseAsync(substrate, declared.Repository, command.Subject.BaseCommit, rule, cancellationToken))
        {
            return new QuorumRuling.Missing(
                [], rule.Terms.Quorum, new ConsentRuling.Mismatch("base", $"a commit of {rule.Branch} or one that was promoted", command.Subject.BaseCommit));
        }

        var record = await ConsentRecord.ReadAsync(events, command.Stage.EvolutionId, cancellationToken);
        var subject = await SubjectAsync(command, declared, deployment, cancellationToken) with { Verdict = record.Verdict };
        return QuorumPolicy.Check(
            (command.Signatures ?? []).Select(signed => new SignedConsent(signed.Text, signed.Signature)),
            new ConsentCase(rule.Terms, subject, record.Requester) { Used = promotion.UsedBefore(command.Stage.Key()) },
            clock.GetUtcNow(),
            PublicKey.Verifies);
    }

    private async Task<ConsentSubject> SubjectAsync(
        PromoteCandidate command, DeclaredSubstrate declared, DeploymentState deployment, CancellationToken cancellationToken)
    {
        var (candidate, basis) = (new CommitHash(command.Commit), new CommitHash(command.Subject.BaseCommit));
        var tree = await workspaces.TreeOfAsync(declared.Repository, candidate, cancellationToken);
        var diff = await workspaces.DiffAsync(declared.Repository, basis, candidate, cancellationToken);
        return new(command.Subject.Substrate, command.Stage.EvolutionId, command.Commit, tree.Value, ContentHash.Of(Encoding.UTF8.GetBytes(diff.Patch)))
        {
            Image = command.Image,
            Target = await TargetAsync(deployment, cancellationToken),
        };
    }

    /// <summary>What serves by the journal, when it is seen to run.</summary>
    private async Task<string?> TargetAsync(DeploymentState deployment, CancellationToken cancellationToken) =>
        deployment.Current is { } current && await host.FindAsync(current, cancellationToken) is { } process ? ConsentTarget.Of(current, process) : null;
}
