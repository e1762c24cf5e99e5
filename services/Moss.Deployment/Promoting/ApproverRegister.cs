using Moss.Deployment.Instances;
using Moss.Domain.Consents;
using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Promoting;

/// <summary>Who may consent, and where that is declared.</summary>
/// <param name="Branch">The stable branch.</param>
/// <param name="Head">Its newest commit.</param>
/// <param name="Terms">What is declared.</param>
internal sealed record ApproverRule(string Branch, CommitHash Head, ConsentTerms Terms);

/// <summary>Who may consent to changes of a substrate, as people say it on the branch that they own.</summary>
internal sealed class ApproverRegister(IDeclarations declarations, IWorkspaceReader workspaces, Journals journals)
{
    /// <summary>
    /// What the head of the stable branch declares, so that a key that was taken out there counts no more and no older base brings it
    /// back; where it declares nothing, what the base does. Null when neither asks for signatures.
    /// </summary>
    public async Task<ApproverRule?> FindAsync(string substrate, DeclaredSubstrate atBase, CancellationToken cancellationToken)
    {
        var branch = await declarations.StableBranchAsync(substrate, cancellationToken);
        var head = await workspaces.ResolveAsync(atBase.Repository, branch, cancellationToken);
        var atHead = await declarations.ReadAsync(substrate, head.Value, cancellationToken);
        return (atHead.Declaration.Consent ?? atBase.Declaration.Consent) is { } declared ? new(branch, head, TermsOf(declared)) : null;
    }

    /// <summary>Whether a commit is of the stable branch, or was promoted by this Moss: no other may say what a candidate is compared with.</summary>
    public async Task<bool> IsOwnBaseAsync(string substrate, string repository, string commit, ApproverRule rule, CancellationToken cancellationToken) =>
        await workspaces.IsAncestorAsync(repository, new CommitHash(commit), rule.Head, cancellationToken)
        || (await journals.HistoryAsync(substrate, cancellationToken)).OfType<PromotionClosed>()
            .Any(closed => closed.Outcome == PromotionOutcome.Committed && closed.Commit == commit);

    /// <summary>Where approvers are declared, nobody starts by hand what they would have to sign for.</summary>
    /// <exception cref="NotDeployableException">They are, and the commit is neither of the stable branch nor was it promoted.</exception>
    public async Task RequireOwnAsync(string substrate, string commit, CancellationToken cancellationToken)
    {
        var declared = await declarations.ReadAsync(substrate, commit, cancellationToken);
        if (await FindAsync(substrate, declared, cancellationToken) is { } rule
            && !await IsOwnBaseAsync(substrate, declared.Repository, commit, rule, cancellationToken))
        {
            throw new NotDeployableException(
                "reference", $"{commit} is neither of {rule.Branch} nor was it promoted, and moss.yaml asks for signed consent",
                $"have it promoted, or merge it into {rule.Branch}");
        }
    }

    private static ConsentTerms TermsOf(ConsentDeclaration declared) => new(
        [.. declared.Approvers.Select(approver => new ConsentApprover(approver.Name, approver.Key))], declared.Quorum, declared.RequesterMayApprove,
        declared.Validity);
}
