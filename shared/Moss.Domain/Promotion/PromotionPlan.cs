using System.Collections.Immutable;

namespace Moss.Domain.Promotion;

/// <summary>Everything that was decided before anything was touched; enough to finish or undo the promotion after a crash.</summary>
/// <param name="Evolution">Whose candidate.</param>
/// <param name="Substrate">What is promoted.</param>
/// <param name="Stage">Key of the command; the same command again is answered from the journal.</param>
/// <param name="Candidate">What is to run.</param>
/// <param name="Health">When it counts as healthy.</param>
/// <param name="ConsentExpiresAt">From then on nothing may be begun.</param>
public sealed record PromotionPlan(
    Guid Evolution, string Substrate, string Stage, Instance Candidate, HealthTerms Health, DateTimeOffset ConsentExpiresAt)
{
    /// <summary>Hashes of the signed consents that it rests on; none where nothing had to be signed, and none from before has any.</summary>
    public ImmutableArray<string> Consents { get; init; } = [];

    /// <summary>What runs now; null when nothing is run at all (a library): then the promotion is the branch alone.</summary>
    public Instance? Previous { get; init; }

    /// <summary>The run of <see cref="LastKnownGood"/> that a rollback would start.</summary>
    public Instance? Fallback { get; init; }

    /// <summary>The version that a rollback returns to.</summary>
    public DeployedVersion? LastKnownGood => Fallback?.Version;

    /// <summary>Names of the volumes that are copied while nothing runs, and put back when it is undone.</summary>
    public ImmutableArray<string> Snapshot { get; init; } = [];

    /// <summary>What a rehearsal on copies of the state showed; null when there was none.</summary>
    public RehearsalFinding? Rehearsed { get; init; }

    /// <summary>The plan once it was rehearsed: what was found counts for every way back, also long after the promotion.</summary>
    public PromotionPlan After(RehearsalFinding finding) => this with
    {
        Rehearsed = finding,
        Candidate = finding == RehearsalFinding.Readable || Candidate.Recipe is not { } recipe ? Candidate : Candidate with { Recipe = recipe with { PutsBack = Snapshot } },
    };

    /// <summary>True when the container that runs is replaced in its place: the new one is made before the old one is stopped.</summary>
    public bool InPlace => Previous?.Recipe is not null;

    /// <summary>False when the candidate serves already or nothing is run: then there is nothing to stop and start.</summary>
    public bool Swap => Previous is not null && Fallback is not null;
}
