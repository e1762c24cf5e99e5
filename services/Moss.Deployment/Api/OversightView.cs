using System.Text.Json;
using Moss.Domain.Oversight;
using Moss.Workspaces;

namespace Moss.Deployment.Api;

/// <summary>What a person looks over, as the API shows it.</summary>
public sealed record OversightView
{
    /// <summary>Whose.</summary>
    public required string Substrate { get; init; }

    /// <summary>False where moss.yaml declares no oversight: then nothing is signed and nothing is late.</summary>
    public bool Declared { get; init; }

    /// <summary>The branch that a person owns, and its tip.</summary>
    public required string StableBranch { get; init; }

    /// <summary>Tip of the stable branch.</summary>
    public required string Stable { get; init; }

    /// <summary>What is signed or refused: name it in the answer.</summary>
    public required string Head { get; init; }

    /// <summary>The last reviewed commit, or the one that the first promotion built on.</summary>
    public required string Base { get; init; }

    /// <summary>nothing, gathering, due or overdue.</summary>
    public required string Standing { get; init; }

    /// <summary>When the first promotion that waits was made; null when none waits.</summary>
    public DateTimeOffset? Begins { get; init; }

    /// <summary>When somebody should look; null where no oversight is declared.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>From when on nothing more is promoted.</summary>
    public DateTimeOffset? OverdueAt { get; init; }

    /// <summary>Of the page: what a signature is about.</summary>
    public required string Hash { get; init; }

    /// <summary>Null when it may be signed.</summary>
    public OversightRefusalView? WhyNot { get; init; }

    /// <summary>Why nothing could be signed whatever waits; null when the key is there and the right one, or no oversight is declared.</summary>
    public OversightRefusalView? KeyProblem { get; init; }

    /// <summary>US dollars of all evolutions of the period.</summary>
    public decimal Dollars { get; init; }

    /// <summary>Oldest first.</summary>
    public required IReadOnlyList<ReviewedChangeView> Changes { get; init; }

    /// <summary>Since the last review.</summary>
    public required IReadOnlyList<RolledBackView> RolledBack { get; init; }

    /// <summary>Size and dependencies, from the base to the head.</summary>
    public required DriftView Drift { get; init; }

    /// <summary>What a person should look at twice.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Commits on the stable branch that did not come through oversight, newest first.</summary>
    public required IReadOnlyList<StrayView> Foreign { get; init; }

    /// <summary>Commits before the head that were never promoted.</summary>
    public required IReadOnlyList<StrayView> Unpromoted { get; init; }

    /// <summary>The last period that was signed; null when none was.</summary>
    public SignedView? LastSigned { get; init; }

    /// <summary>The last refusal; null when there was none.</summary>
    public RefusedView? LastRefused { get; init; }

    /// <summary>Whether the remote guards the stable branch.</summary>
    public required RemoteGuardView Guard { get; init; }

    /// <summary>All of it as one page of Markdown.</summary>
    public required string Page { get; init; }

    internal static OversightView Of(OversightReview review, OversightState state, PeriodStanding standing, OversightRefusal? why, RemoteGuardView guard)
    {
        var view = new OversightView
        {
            Substrate = review.Substrate,
            StableBranch = review.StableBranch,
            Stable = review.Stable.Tip,
            Head = review.Head,
            Base = review.Base,
            Standing = JsonNamingPolicy.CamelCase.ConvertName(standing.ToString()),
            Begins = review.Period.Begins,
            DueAt = review.Period.DueAt,
            OverdueAt = review.Period.OverdueAt,
            Hash = ReviewPage.HashOf(review),
            WhyNot = OversightRefusalView.Of(why),
            Dollars = review.Dollars,
            Changes = [.. review.Changes.Select(ReviewedChangeView.Of)],
            RolledBack = [.. review.RolledBack.Select(version => new RolledBackView(version.At, version.Commit, version.Reason))],
            Drift = DriftView.Of(review.Drift),
            Warnings = review.Warnings,
            Foreign = [.. review.Stable.Foreign.Select(commit => new StrayView(commit.Commit, commit.Subject))],
            Unpromoted = [.. review.Unpromoted.Select(commit => new StrayView(commit.Commit, commit.Subject))],
            LastSigned = state.LastSigned is { } signed ? SignedView.Of(signed) : null,
            LastRefused = state.Refusal is { } refusal ? RefusedView.Of(refusal) : null,
            Guard = guard,
            Page = "",
        };
        return view with { Page = ReviewPage.Of(review) + OversightFooter.Of(view) };
    }
}

/// <summary>Why something cannot be done.</summary>
public sealed record OversightRefusalView(string Field, string Detail, string Fix)
{
    internal static OversightRefusalView? Of(OversightRefusal? why) => why is null ? null : new(why.Ground, why.Reason, why.Fix);
}

/// <summary>A promoted commit.</summary>
public sealed record ReviewedChangeView(
    Guid Evolution, string Commit, DateTimeOffset PromotedAt, string? Subject, IReadOnlyList<string> Files, int Insertions, int Deletions, string? FailureClass,
    string Diagnosis, Guid Batch, int Evidence, decimal Dollars, decimal EstimatedDollars, int Calls, int Trials, int Iterations, string Approver)
{
    /// <summary>The last ruling; null when nothing is stored of it.</summary>
    public ReviewedVerdictView? Verdict { get; init; }

    internal static ReviewedChangeView Of(ReviewedChange change) => new(
        change.Promotion.Evolution, change.Promotion.Commit, change.Promotion.At, change.What?.Subject, change.What?.Files ?? [], change.What?.Insertions ?? 0,
        change.What?.Deletions ?? 0, change.Story.FailureClass?.ToString(), change.Story.Diagnosis, change.Story.Batch, change.Evidence, change.Story.Dollars,
        change.Story.Estimated, change.Story.Calls, change.Story.Trials, change.Story.Iterations, change.Story.Approver)
    {
        Verdict = change.Story.Ruling is { } ruling
            ? new(ruling.Verdict.ToString(), ruling.Reason, ruling.Detail, ruling.PValue, ruling.Alpha, ruling.BaselineMean, ruling.CandidateMean)
            : null,
    };
}

/// <summary>A verdict with its numbers.</summary>
public sealed record ReviewedVerdictView(string Verdict, string Reason, string Detail, double? PValue, double Alpha, double BaselineMean, double CandidateMean);

/// <summary>A version that was taken out of production again.</summary>
public sealed record RolledBackView(DateTimeOffset At, string Commit, string Reason);

/// <summary>A commit that came another way.</summary>
public sealed record StrayView(string Commit, string Subject);

/// <summary>How far a period led away from what was reviewed.</summary>
public sealed record DriftView(GrowthView Tree, GrowthView Editable, IReadOnlyList<DependencyView> Dependencies)
{
    internal static DriftView Of(Drift drift) => new(
        GrowthView.Of(drift.Tree), GrowthView.Of(drift.Editable),
        [.. drift.Dependencies.Select(line => new DependencyView(line.File, JsonNamingPolicy.CamelCase.ConvertName(line.Kind.ToString()), line.Name, line.Before, line.After))]);
}

/// <summary>A size before and after.</summary>
public sealed record GrowthView(int FilesBefore, int FilesAfter, int LinesBefore, int LinesAfter, bool IsLarge)
{
    internal static GrowthView Of(Growth growth) => new(growth.Before.Files, growth.After.Files, growth.Before.Lines, growth.After.Lines, growth.IsLarge);
}

/// <summary>A line of a manifest. The change is added, removed or changed.</summary>
public sealed record DependencyView(string File, string Change, string Name, string Before, string After);

/// <summary>A period that was signed.</summary>
public sealed record SignedView(string Head, string Merge, string Branch, string By, DateTimeOffset At, string Hash)
{
    internal static SignedView Of(SignedPeriod signed) => new(
        signed.Decision.Review.Head, signed.Merge, signed.Decision.Branch, signed.Decision.By, signed.Decision.At, signed.Decision.Review.Hash);
}

/// <summary>A refusal and how far it was carried out.</summary>
public sealed record RefusedView(string Head, IReadOnlyList<string> Commits, string By, string Why, DateTimeOffset At, string? BackTo, string Base, bool Done)
{
    /// <summary>Why production does not run the reviewed version; null when it does.</summary>
    public string? ProductionProblem { get; init; }

    /// <summary>Why the branch of promoted commits was not moved back; null when it was.</summary>
    public string? BranchProblem { get; init; }

    internal static RefusedView Of(RefusalProgress refusal) => new(
        refusal.Decision.Review.Head, refusal.Decision.Commits, refusal.Decision.By, refusal.Decision.Why, refusal.Decision.At, refusal.Decision.BackTo?.Commit,
        refusal.Decision.Review.Base, refusal.Done)
    {
        ProductionProblem = refusal.ProductionProblem,
        BranchProblem = refusal.EvolvedProblem,
    };
}

/// <summary>Whether the remote guards the stable branch: guarded, open or unknown.</summary>
public sealed record RemoteGuardView(string Standing, string Detail, string Fix, string Hook)
{
    internal static RemoteGuardView Of(BranchGuard guard) => new(JsonNamingPolicy.CamelCase.ConvertName(guard.Standing.ToString()), guard.Detail, guard.Fix, guard.Hook);
}

/// <summary>An answer to a review.</summary>
/// <param name="Head">The head that was seen.</param>
/// <param name="By">Who answers.</param>
/// <param name="Why">Why it is refused; not needed to sign.</param>
public sealed record AnswerReview(string? Head, string? By, string? Why);
