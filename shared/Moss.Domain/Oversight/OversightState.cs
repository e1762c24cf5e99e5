using System.Collections.Immutable;

namespace Moss.Domain.Oversight;

/// <summary>A period that a person signed and that is on the stable branch.</summary>
/// <param name="Decision">What was signed.</param>
/// <param name="Merge">The signed merge.</param>
public sealed record SignedPeriod(SigningDecided Decision, string Merge);

/// <summary>A signing that is being carried out.</summary>
/// <param name="Decision">What was signed.</param>
/// <param name="Merge">The merge that was made of it; null before.</param>
public sealed record OpenSigning(SigningDecided Decision, string? Merge = null);

/// <summary>How far a refusal was carried out.</summary>
/// <param name="Decision">What was refused.</param>
public sealed record RefusalProgress(RefusalDecided Decision)
{
    /// <summary>True once production ran the reviewed version.</summary>
    public bool ProductionReverted { get; init; }

    /// <summary>Why it did not, at the last try; null when it was not tried, or did.</summary>
    public string? ProductionProblem { get; init; }

    /// <summary>True once the branch of promoted commits was moved back.</summary>
    public bool EvolvedMovedBack { get; init; }

    /// <summary>Why it was not, at the last try.</summary>
    public string? EvolvedProblem { get; init; }

    /// <summary>True when both were done.</summary>
    public bool Done => ProductionReverted && EvolvedMovedBack;
}

/// <summary>The fold of a substrate's oversight events.</summary>
public sealed record OversightState
{
    /// <summary>Before anything happened.</summary>
    public static OversightState None { get; } = new();

    /// <summary>The last period that was signed and merged; null when none ever was.</summary>
    public SignedPeriod? LastSigned { get; init; }

    /// <summary>A signing that is not over; null when none goes on.</summary>
    public OpenSigning? Signing { get; init; }

    /// <summary>Why the last signing came to nothing; null when it did not.</summary>
    public SigningAbandoned? Abandoned { get; init; }

    /// <summary>The last refusal, over or not; null when nothing was ever refused.</summary>
    public RefusalProgress? Refusal { get; init; }

    /// <summary>Evolutions whose promotions were signed or refused.</summary>
    public ImmutableHashSet<Guid> Reviewed { get; init; } = [];

    /// <summary>Commits on which nothing may be built.</summary>
    public ImmutableHashSet<string> Refused { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Every merge to the stable branch that came through oversight.</summary>
    public ImmutableHashSet<string> Merges { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>When a person last signed or refused; null when nobody did.</summary>
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>True while a decision is being carried out.</summary>
    public bool Open => Signing is not null || Refusal is { Done: false };

    /// <summary>The fold.</summary>
    public static OversightState Of(IEnumerable<OversightEvent> events) => events.Aggregate(None, (state, happened) => state.Apply(happened));

    /// <summary>The state after one more event.</summary>
    public OversightState Apply(OversightEvent happened) => happened switch
    {
        SigningDecided e => this with { Signing = new(e), Abandoned = null },
        StableMergeMade e => this with { Signing = Signing! with { Merge = e.Commit } },
        StableMerged e => this with
        {
            LastSigned = new(Signing!.Decision, e.Commit), Signing = null, ReviewedAt = e.At,
            Reviewed = Reviewed.Union(Signing.Decision.Review.Evolutions), Merges = Merges.Add(e.Commit),
        },
        SigningAbandoned e => this with { Signing = null, Abandoned = e },
        RefusalDecided e => this with
        {
            Refusal = new(e), ReviewedAt = e.At, Reviewed = Reviewed.Union(e.Review.Evolutions), Refused = Refused.Union(e.Commits),
        },
        Oversight.ProductionReverted => On(Refusal! with { ProductionReverted = true, ProductionProblem = null }),
        ProductionNotReverted e => On(Refusal! with { ProductionProblem = e.Reason }),
        Oversight.EvolvedMovedBack => On(Refusal! with { EvolvedMovedBack = true, EvolvedProblem = null }),
        EvolvedNotMovedBack e => On(Refusal! with { EvolvedProblem = e.Reason }),
        RefusalTakenUp => On(Refusal! with { ProductionProblem = null, EvolvedProblem = null }),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "an event without a meaning for the fold"),
    };

    /// <summary>The commit that was signed last; null when none ever was.</summary>
    public string? LastReviewed => LastSigned?.Decision.Review.Head;

    private OversightState On(RefusalProgress refusal) => this with { Refusal = refusal };
}
