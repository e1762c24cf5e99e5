using System.Collections.Immutable;
using Moss.Domain.Promotion;

namespace Moss.Domain.Oversight;

/// <summary>What a commit changed, as git counts it.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="Subject">First line of its message.</param>
/// <param name="Files">Paths, sorted.</param>
/// <param name="Insertions">Lines added.</param>
/// <param name="Deletions">Lines removed.</param>
public sealed record CommitFacts(string Commit, string Subject, ImmutableArray<string> Files, int Insertions, int Deletions);

/// <summary>A promoted commit with all that a person wants to know of it.</summary>
/// <param name="Promotion">Which, and when.</param>
/// <param name="What">Null when it is not in the history of the head: it was promoted, and something else took its place.</param>
/// <param name="Story">Why, at what cost, on what evidence.</param>
/// <param name="Evidence">Failures that were reported in its batch.</param>
public sealed record ReviewedChange(PromotedCommit Promotion, CommitFacts? What, ChangeStory Story, int Evidence);

/// <summary>A commit that did not come through oversight.</summary>
/// <param name="Commit">Full hash.</param>
/// <param name="Subject">First line of its message.</param>
public sealed record ForeignCommit(string Commit, string Subject);

/// <summary>What stands on the stable branch beside what oversight put there.</summary>
/// <param name="Tip">Where the branch is.</param>
/// <param name="Since">The last position that is known; null when none is.</param>
/// <param name="Rewritten">True when that position is not in the history of the branch any more.</param>
/// <param name="Foreign">Commits on it since, newest first, that oversight did not merge.</param>
public sealed record StableHistory(string Tip, string? Since, bool Rewritten, ImmutableArray<ForeignCommit> Foreign);

/// <summary>One page of a period: what was promoted that nobody has signed or refused.</summary>
public sealed record OversightReview
{
    /// <summary>Whose.</summary>
    public required string Substrate { get; init; }

    /// <summary>The branch that a person owns.</summary>
    public required string StableBranch { get; init; }

    /// <summary>The tip of the branch of promoted commits: what is signed or refused.</summary>
    public required string Head { get; init; }

    /// <summary>The last commit that was reviewed, or the one that the first promotion built on.</summary>
    public required string Base { get; init; }

    /// <summary>When the period begins and when it is over; open-ended without terms.</summary>
    public required OversightPeriod Period { get; init; }

    /// <summary>Oldest first.</summary>
    public required ImmutableArray<ReviewedChange> Changes { get; init; }

    /// <summary>Oldest first.</summary>
    public required ImmutableArray<RolledBackVersion> RolledBack { get; init; }

    /// <summary>From the base to the head.</summary>
    public required Drift Drift { get; init; }

    /// <summary>Commits between base and head that no promotion of the period put there.</summary>
    public required ImmutableArray<ForeignCommit> Unpromoted { get; init; }

    /// <summary>The stable branch on the remote.</summary>
    public required StableHistory Stable { get; init; }

    /// <summary>What production runs or ran last; null when nothing was ever deployed.</summary>
    public DeployedVersion? Serving { get; init; }

    /// <summary>Content of the head.</summary>
    public required string HeadTree { get; init; }

    /// <summary>What production goes back to when this is refused; null when nothing is deployed.</summary>
    public DeployedVersion? BackTo { get; init; }

    /// <summary>What all evolutions of the period cost together, US dollars.</summary>
    public decimal Dollars => Changes.Sum(change => change.Story.Dollars);

    /// <summary>True when there is nothing to sign or refuse.</summary>
    public bool IsEmpty => Changes.IsEmpty;

    /// <summary>What a person should look at twice, most serious first.</summary>
    public ImmutableArray<string> Warnings => ReviewWarnings.Of(this);

    /// <summary>Null when it may be signed.</summary>
    public OversightRefusal? WhyNotSigned() => this switch
    {
        { IsEmpty: true } => new("head", $"nothing was promoted for '{Substrate}' since the last review", "there is nothing to sign"),
        { Unpromoted: [var stray, ..] } => new(
            "head", $"{stray.Commit} ({stray.Subject}) lies between {Base} and {Head} and was never promoted", $"refuse the period, or take the commit off the branch: moss oversight refuse {Substrate} --head {Head} --by NAME --why TEXT"),
        { Serving: { } serving } when serving.Tree != HeadTree => new(
            "head", $"production runs {serving.Commit}, not {Head}: what is signed has to be what runs", $"see why (GET /api/deployments/{Substrate}), or refuse the period"),
        _ => null,
    };
}
