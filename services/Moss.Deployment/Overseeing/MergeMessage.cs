using Moss.Domain.Oversight;
using Moss.Workspaces;

namespace Moss.Deployment.Overseeing;

/// <summary>What a merge to the stable branch says of itself.</summary>
internal static class MergeMessage
{
    public static CommitMessage Of(string substrate, SigningDecided decision) => new(
        $"Merge what was promoted to {substrate}",
        $"{decision.By} looked over {decision.Review.Evolutions.Length} promoted {(decision.Review.Evolutions.Length == 1 ? "commit" : "commits")} and signed them.",
        [
            ("Reviewed-by", decision.By),
            ("Period", FormattableString.Invariant($"{decision.Review.Begins:u} to {decision.At:u}")),
            ("Evolutions", string.Join(", ", decision.Review.Evolutions)),
            ("Review-Hash", decision.Review.Hash),
        ]);
}
