using System.Collections.Immutable;

namespace Moss.Domain.Oversight;

/// <summary>What stands out in a review.</summary>
internal static class ReviewWarnings
{
    public static ImmutableArray<string> Of(OversightReview review) => [.. All(review).OfType<string>()];

    private static IEnumerable<string?> All(OversightReview review)
    {
        yield return review.Stable.Rewritten ? $"{review.StableBranch} was rewritten: {review.Stable.Since} is not in its history any more" : null;
        yield return review.Stable.Foreign.IsEmpty ? null : $"{Count(review.Stable.Foreign.Length, "commit")} on {review.StableBranch} did not come through oversight";
        yield return review.Unpromoted.IsEmpty ? null : $"{Count(review.Unpromoted.Length, "commit")} before {review.Head} was never promoted";
        yield return review is { IsEmpty: false, Serving: { } serving } && serving.Tree != review.HeadTree ? $"production runs {serving.Commit}, not the head of this review" : null;
        yield return review.Drift.Editable.IsLarge ? $"the editable part grew by {Growth.Rule}" : null;
        yield return review.Drift.Tree.IsLarge ? $"the tree grew by {Growth.Rule}" : null;
        yield return review.Drift.Dependencies.IsEmpty ? null : $"{Count(review.Drift.Dependencies.Length, "line")} of dependencies changed";
        foreach (var change in review.Changes.Where(change => change.What is null))
        {
            yield return $"{change.Promotion.Commit} was promoted and is not in the history of the head";
        }

        foreach (var change in review.Changes.Where(change => change.Story.Batch == Guid.Empty))
        {
            yield return $"nothing is stored of evolution {change.Promotion.Evolution}, which {change.Promotion.Commit} came from";
        }
    }

    private static string Count(int number, string what) => FormattableString.Invariant($"{number} {what}{(number == 1 ? "" : "s")}");
}
