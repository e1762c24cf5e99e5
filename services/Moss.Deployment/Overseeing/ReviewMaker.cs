using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Options;
using Moss.Domain.Oversight;
using Moss.Domain.Promotion;
using Moss.Substrates;
using Moss.Workspaces;

namespace Moss.Deployment.Overseeing;

/// <summary>Puts together what a person looks over: from the deployment's history, the evolutions' streams and the repository.</summary>
internal sealed class ReviewMaker(
    Journals journals, ChangeStories stories, IBranchHistory history, IWorkspaceReader workspaces, IOptions<DeploymentOptions> options)
{
    /// <exception cref="RepositoryException">The repository cannot be read.</exception>
    public async Task<OversightReview> MakeAsync(OversightPlace place, OversightState oversight, DeploymentState deployment, CancellationToken cancellationToken)
    {
        var (repository, substrate) = (place.Repository, place.Substrate);
        var promoted = PromotedCommits.Of(await journals.HistoryAsync(substrate, cancellationToken));
        var unreviewed = promoted.Unreviewed(oversight);
        var head = await history.TipAsync(repository, options.Value.Branch, cancellationToken) ?? place.Tip;
        var start = await BaseAsync(repository, head, oversight, unreviewed, cancellationToken);
        var between = await history.BetweenAsync(repository, start, head, firstParents: false, cancellationToken);
        var changes = ImmutableArray.CreateBuilder<ReviewedChange>();
        foreach (var promotion in unreviewed)
        {
            changes.Add(await ChangeAsync(repository, promotion, between, cancellationToken));
        }

        return new OversightReview
        {
            Substrate = substrate,
            StableBranch = place.Declaration.StableBranch,
            Head = head.Value,
            HeadTree = (await workspaces.TreeOfAsync(repository, head, cancellationToken)).Value,
            Base = start.Value,
            Period = OversightPeriod.Of(unreviewed, place.Terms),
            Changes = changes.ToImmutable(),
            RolledBack = promoted.Since(oversight.ReviewedAt),
            Drift = await DriftAsync(place, start, head, cancellationToken),
            Unpromoted = [.. between.Where(commit => promoted.Promoted.All(one => one.Commit != commit.Commit.Value)).Select(Foreign)],
            Stable = await StableAsync(place, oversight, start, cancellationToken),
            Serving = deployment.Served,
            BackTo = oversight.LastSigned?.Decision.Version is { } signed && deployment.Served is not null ? signed : unreviewed.FirstOrDefault()?.Before,
        };
    }

    private async Task<CommitHash> BaseAsync(
        string repository, CommitHash head, OversightState oversight, ImmutableArray<PromotedCommit> unreviewed, CancellationToken cancellationToken)
    {
        if (oversight.LastReviewed is { } reviewed)
        {
            return new CommitHash(reviewed);
        }

        return unreviewed is [var first, ..] && (await history.CommitAsync(repository, new(first.Commit), cancellationToken)).Parents is [var parent, ..] ? parent : head;
    }

    private async Task<ReviewedChange> ChangeAsync(
        string repository, PromotedCommit promotion, ImmutableArray<HistoryCommit> between, CancellationToken cancellationToken)
    {
        var (story, evidence) = await stories.ReadAsync(promotion.Evolution, cancellationToken);
        if (between.FirstOrDefault(commit => commit.Commit.Value == promotion.Commit) is not { } found)
        {
            return new(promotion, null, story, evidence);
        }

        var files = await history.ChangedAsync(repository, found.Commit, cancellationToken);
        return new(
            promotion,
            new CommitFacts(
                promotion.Commit, found.Subject, [.. files.Select(file => file.Path).Order(StringComparer.Ordinal)],
                files.Sum(file => file.Insertions), files.Sum(file => file.Deletions)),
            story, evidence);
    }

    private async Task<Drift> DriftAsync(OversightPlace place, CommitHash start, CommitHash head, CancellationToken cancellationToken)
    {
        var rules = new EditScopeRules(place.Declaration);
        var dependencies = ImmutableArray.CreateBuilder<DependencyLine>();
        foreach (var file in (await workspaces.DiffAsync(place.Repository, start, head, cancellationToken)).Files.Where(file => Manifests.Has(file.Path)))
        {
            dependencies.AddRange(Manifests.Compare(
                file.Path, await TextAsync(place.Repository, start, file.Path, cancellationToken), await TextAsync(place.Repository, head, file.Path, cancellationToken)));
        }

        return Drift.Of(await SizesAsync(start), await SizesAsync(head), dependencies.ToImmutable());

        async Task<IReadOnlyCollection<SizedFile>> SizesAsync(CommitHash commit) =>
            [.. (await history.SizesAsync(place.Repository, commit, cancellationToken)).Select(file => new SizedFile(file.Path, file.Insertions, rules.Allows(file.Path)))];
    }

    private async Task<string> TextAsync(string repository, CommitHash commit, string path, CancellationToken cancellationToken) =>
        await workspaces.ReadFileAsync(repository, commit, path, cancellationToken) is { } content ? Encoding.UTF8.GetString(content) : "";

    private async Task<StableHistory> StableAsync(OversightPlace place, OversightState oversight, CommitHash start, CancellationToken cancellationToken)
    {
        if (place.Terms is null)
        {
            return new(place.Tip.Value, null, false, []);
        }

        var known = oversight.LastSigned is { Merge: var merge } ? new CommitHash(merge) : start;
        if (!await history.HoldsAsync(place.Repository, place.Tip, known, cancellationToken))
        {
            return oversight.LastSigned is null ? new(place.Tip.Value, null, false, []) : new(place.Tip.Value, known.Value, true, []);
        }

        var since = await history.BetweenAsync(place.Repository, known, place.Tip, firstParents: true, cancellationToken);
        return new(
            place.Tip.Value, known.Value, false,
            [.. since.Where(commit => !oversight.Merges.Contains(commit.Commit.Value) && oversight.Signing?.Merge != commit.Commit.Value).Select(Foreign)]);
    }

    private static ForeignCommit Foreign(HistoryCommit commit) => new(commit.Commit.Value, commit.Subject);
}
