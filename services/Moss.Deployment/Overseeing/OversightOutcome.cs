using Moss.Domain.Oversight;

namespace Moss.Deployment.Overseeing;

/// <summary>What came of a person's answer to a review.</summary>
internal abstract record OversightOutcome
{
    private OversightOutcome() { }

    /// <summary>It is on the stable branch, perhaps it was before.</summary>
    internal sealed record Merged(SignedPeriod Period) : OversightOutcome;

    /// <summary>It is refused, as far as that could be carried out.</summary>
    internal sealed record Undone(RefusalProgress Progress) : OversightOutcome;

    /// <summary>Nothing was decided.</summary>
    internal sealed record Declined(string Field, string Detail, string Fix) : OversightOutcome
    {
        public static Declined As(OversightRefusal refusal) => new(refusal.Ground, refusal.Reason, refusal.Fix);
    }
}
