using Moss.Deployment.Instances;
using Moss.Deployment.Promoting;
using Moss.Domain.Oversight;
using Moss.Workspaces;

namespace Moss.Deployment.Overseeing;

/// <summary>Takes a person's answer to a review, for exactly the head that was seen, and carries it out.</summary>
internal sealed class OversightDesk(
    SubstrateLocks locks, Journals journals, Promotions promotions, OversightPlaces places, ReviewMaker reviews, OversightRunner runner, SigningDesk signing, TimeProvider clock)
{
    private const string Later = "it goes on by itself when that is mended, or ask again";

    /// <summary>Merges what was reviewed to the stable branch. The same again is the same answer.</summary>
    public Task<OversightOutcome> SignAsync(ReviewAnswer answer, CancellationToken cancellationToken) => AnswerAsync(
        answer,
        async run => run.Oversight.State.LastSigned is { } signed && signed.Decision.Review.Head == answer.Head
            ? new OversightOutcome.Merged(signed)
            : await SignAsync(run, answer, cancellationToken),
        cancellationToken);

    /// <summary>Takes what was reviewed out of production and off the branch of promoted commits. The same again goes on with what was left.</summary>
    public Task<OversightOutcome> RefuseAsync(ReviewAnswer answer, string why, CancellationToken cancellationToken) => AnswerAsync(
        answer,
        async run => run.Oversight.State.Refusal is { } refusal && refusal.Decision.Review.Head == answer.Head
            ? await RefuseAgainAsync(run, refusal, answer.By)
            : await RefuseAsync(run, answer, why, cancellationToken),
        cancellationToken);

    private async Task<OversightOutcome> AnswerAsync(ReviewAnswer answer, Func<OversightRun, Task<OversightOutcome>> decide, CancellationToken cancellationToken)
    {
        try
        {
            // Who is not registered gets no folder.
            await places.FindAsync(answer.Substrate, cancellationToken);
            using var hold = await locks.AcquireAsync(answer.Substrate, cancellationToken);
            var deployment = await journals.DeploymentAsync(answer.Substrate, cancellationToken);
            await promotions.FinishAsync(deployment, CancellationToken.None);
            var run = new OversightRun(answer.Substrate, await journals.OversightAsync(answer.Substrate, cancellationToken), deployment);
            return await runner.RunAsync(run) is { } away ? new OversightOutcome.Declined("repository", away, Later) : await decide(run);
        }
        catch (NotDeployableException problem)
        {
            return new OversightOutcome.Declined(problem.Field, problem.Message, problem.Fix);
        }
        catch (RepositoryException problem)
        {
            return new OversightOutcome.Declined("repository", problem.Message, "mend the repository and ask again");
        }
    }

    private async Task<OversightOutcome> SignAsync(OversightRun run, ReviewAnswer answer, CancellationToken cancellationToken)
    {
        var (place, review) = await ReviewAsync(run, cancellationToken);
        if ((MayAnswer(run, answer, place, review) ?? review.WhyNotSigned() ?? await signing.WhyNotAsync(place, cancellationToken)) is { } refusal)
        {
            return OversightOutcome.Declined.As(refusal);
        }

        var version = review.Serving ?? new(review.Head, review.HeadTree, review.Head);
        await run.Oversight.AppendAsync(new SigningDecided(Period(review), version, review.StableBranch, place.Tip.Value, answer.By, clock.GetUtcNow()));
        return await runner.RunAsync(run) is { } away
            ? new OversightOutcome.Declined("repository", away, Later)
            : run.Oversight.State switch
            {
                { LastSigned: { } signed } when signed.Decision.Review.Head == answer.Head => new OversightOutcome.Merged(signed),
                { Abandoned: { } abandoned } => new OversightOutcome.Declined(abandoned.Field, abandoned.Reason, abandoned.Fix),
                _ => throw new InvalidOperationException("a signing that ended is merged or abandoned"),
            };
    }

    private async Task<OversightOutcome> RefuseAsync(OversightRun run, ReviewAnswer answer, string why, CancellationToken cancellationToken)
    {
        var (place, review) = await ReviewAsync(run, cancellationToken);
        if (MayAnswer(run, answer, place, review) is { } refusal)
        {
            return OversightOutcome.Declined.As(refusal);
        }

        if (review.IsEmpty && review.Unpromoted.IsEmpty)
        {
            return new OversightOutcome.Declined("head", $"nothing was promoted for '{answer.Substrate}' since the last review", "there is nothing to refuse");
        }

        await run.Oversight.AppendAsync(new RefusalDecided(
            Period(review), [.. review.Changes.Select(change => change.Promotion.Commit).Union(review.Unpromoted.Reverse().Select(commit => commit.Commit))],
            review.BackTo, answer.By, why, clock.GetUtcNow()));
        return await CarriedOutAsync(run);
    }

    private async Task<OversightOutcome> RefuseAgainAsync(OversightRun run, RefusalProgress refusal, string by)
    {
        if (!refusal.Done)
        {
            await run.Oversight.AppendAsync(new RefusalTakenUp(by, clock.GetUtcNow()));
        }

        return await CarriedOutAsync(run);
    }

    private async Task<OversightOutcome> CarriedOutAsync(OversightRun run) => await runner.RunAsync(run) is { } away
        ? new OversightOutcome.Declined("repository", $"it is refused, and not all of that is carried out yet: {away}", Later)
        : new OversightOutcome.Undone(run.Oversight.State.Refusal!);

    private async Task<(OversightPlace Place, OversightReview Review)> ReviewAsync(OversightRun run, CancellationToken cancellationToken)
    {
        var place = await places.FindAsync(run.Substrate, cancellationToken);
        return (place, await reviews.MakeAsync(place, run.Oversight.State, run.Deployment.State, cancellationToken));
    }

    private static OversightRefusal? MayAnswer(OversightRun run, ReviewAnswer answer, OversightPlace place, OversightReview review) =>
        run.Oversight.State.Refusal is { Done: false, Decision: var open }
            ? new("head", $"{open.Review.Head} was refused and that is not carried out yet", $"ask for that again first: moss oversight refuse {answer.Substrate} --head {open.Review.Head} --by NAME --why TEXT")
            : OversightPolicy.MayAnswer(answer, review.Head, place.Terms);

    private static ReviewedPeriod Period(OversightReview review) => new(
        review.Head, review.Base, [.. review.Changes.Select(change => change.Promotion.Evolution)], review.Period.Begins ?? default, ReviewPage.HashOf(review));
}
