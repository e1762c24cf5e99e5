using System.Collections.Immutable;

namespace Moss.Domain.Oversight;

/// <summary>Why something may not be done now.</summary>
/// <param name="Ground">In a word, or the field of a request.</param>
/// <param name="Reason">For people.</param>
/// <param name="Fix">The command that helps.</param>
public sealed record OversightRefusal(string Ground, string Reason, string Fix);

/// <summary>What is asked about a promotion.</summary>
/// <param name="Substrate">Whose.</param>
/// <param name="BaseCommit">What the candidate was built on.</param>
/// <param name="ServingTree">Content of what production runs; null when nothing does.</param>
public sealed record PromotionInQuestion(string Substrate, string BaseCommit, string? ServingTree);

/// <summary>Who asks to sign or refuse what.</summary>
/// <param name="Substrate">Whose commits.</param>
/// <param name="Head">The head that the person saw.</param>
/// <param name="By">The person.</param>
public sealed record ReviewAnswer(string Substrate, string Head, string By);

/// <summary>What may happen while commits wait for a review, and after one.</summary>
public static class OversightPolicy
{
    /// <summary>Ground of a promotion that waits for a review.</summary>
    public const string Overdue = "OversightOverdue";

    /// <summary>Ground of a promotion that builds on what was refused, or waits until that is out of production.</summary>
    public const string Refused = "OversightRefused";

    /// <summary>Null when the promotion may go on. What was refused counts also where no oversight is declared any more.</summary>
    public static OversightRefusal? MayPromote(
        PromotionInQuestion asked, OversightTerms? terms, OversightState state, OversightPeriod period, DateTimeOffset now)
    {
        if (state.Refused.Contains(asked.BaseCommit))
        {
            return new(Refused, $"the candidate builds on {asked.BaseCommit}, which was refused at oversight", $"report the failure again and start anew: moss evo start (substrate {asked.Substrate})");
        }

        if (state.Refusal is { Decision: var refusal } progress && !IsOut(progress, asked.ServingTree))
        {
            return new(
                Refused,
                $"{refusal.By} refused {refusal.Review.Head} and it is not undone yet: {progress.ProductionProblem ?? progress.EvolvedProblem ?? "production does not run the reviewed version"}",
                $"mend that and ask again: moss oversight refuse {asked.Substrate} --head {refusal.Review.Head} --by NAME --why TEXT");
        }

        if (state.Signing is { Decision: var signing })
        {
            return new(Overdue, $"the signing of {signing.Review.Head} is not finished", $"wait, or ask again: moss oversight sign {asked.Substrate} --head {signing.Review.Head} --by NAME");
        }

        return terms is not null && period.At(now) == PeriodStanding.Overdue
            ? new(
                Overdue, $"promotions of {asked.Substrate} since {period.Begins:u} were to be looked over by {period.OverdueAt:u}, and nobody has",
                $"moss oversight review {asked.Substrate}, then sign or refuse it")
            : null;
    }

    /// <summary>Null when this person may answer this review; the head that was seen has to be the one that is there.</summary>
    public static OversightRefusal? MayAnswer(ReviewAnswer answer, string head, OversightTerms? terms)
    {
        if (terms is null)
        {
            return new(
                "oversight", $"'{answer.Substrate}' declares no oversight on its stable branch, and Moss does not write that branch without",
                "add an oversight section to moss.yaml on the stable branch");
        }

        if (answer.Head != head)
        {
            return new(
                "head", $"{answer.Head} is not what waits for a review: that is {head} now", $"read it, then answer for that head: moss oversight review {answer.Substrate}");
        }

        return MayReview(answer, terms.Approvers);
    }

    private static OversightRefusal? MayReview(ReviewAnswer answer, ImmutableArray<string> approvers)
    {
        if (string.Equals(answer.By, answer.Substrate, StringComparison.OrdinalIgnoreCase)
            || string.Equals(answer.By, "substrate:" + answer.Substrate, StringComparison.OrdinalIgnoreCase))
        {
            return new("by", "a substrate never looks over a change of itself", "name the person who read the review");
        }

        return approvers.IsEmpty || approvers.Contains(answer.By, StringComparer.Ordinal)
            ? null
            : new("by", $"'{answer.By}' is none of oversight.approvers", $"let one of them answer: {string.Join(", ", approvers)}");
    }

    // The branch has to be back; production may have been brought back by hand.
    private static bool IsOut(RefusalProgress refusal, string? servingTree) =>
        refusal.EvolvedMovedBack && (refusal.ProductionReverted || refusal.Decision.BackTo is null || servingTree == refusal.Decision.BackTo.Tree);
}
