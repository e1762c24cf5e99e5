using System.Collections.Immutable;
using Moss.Domain.Oversight;
using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Oversight;

/// <summary>Parts of stories about oversight.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Monday = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    public static readonly Guid Evolution = Guid.Parse("0198c0de-0000-7000-8000-000000000002");
    public static readonly DeployedVersion Before = new("ba5e", "tree-ba5e", "ba5e");

    public static OversightTerms Terms { get; } = new(TimeSpan.FromDays(7), TimeSpan.FromDays(1), ["ada", "grace"]);

    public static ReviewedPeriod Review(string head = "head") => new(head, "ba5e", [Evolution], Monday, "hash");

    public static SigningDecided Signing(string head = "head") => new(Review(head), new(head, "tree-" + head, "ba5e"), "main", "57ab1e", "ada", Monday);

    public static RefusalDecided Refusal(string head = "head") => new(Review(head), ["first", head], Before, "ada", "no", Monday);

    public static PromotedCommit Promoted(string commit = "head", DateTimeOffset? at = null) => new(Evolution, commit, at ?? Monday, Before);

    public static OversightState Fold(params OversightEvent[] events) => OversightState.Of(events);

    public static OversightReview Reviewed(params ImmutableArray<ReviewedChange> changes) => new()
    {
        Substrate = "desk",
        StableBranch = "main",
        Head = "head",
        HeadTree = "tree-head",
        Base = "ba5e",
        Period = OversightPeriod.Of([.. changes.Select(change => change.Promotion)], Terms),
        Changes = changes,
        RolledBack = [],
        Drift = Drift.Of([new SizedFile("app.py", 10, true)], [new SizedFile("app.py", 12, true)], []),
        Unpromoted = [],
        Stable = new("57ab1e", "ba5e", false, []),
        Serving = new("head", "tree-head", "ba5e"),
        BackTo = Before,
    };

    public static ReviewedChange Change(string subject = "Divide by 100", string diagnosis = "cents") => new(
        Promoted(), new CommitFacts("head", subject, ["app.py"], 3, 1), ChangeStory.None with { Batch = Guid.Parse("0198c0de-0000-7000-8000-000000000009"), Diagnosis = diagnosis, Dollars = 1.5m }, 3);
}
