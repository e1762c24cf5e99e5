using Moss.Domain.Watching;

namespace Moss.Domain.Promotion;

/// <summary>What came after the last promotion.</summary>
public sealed partial record DeploymentState
{
    /// <summary>The change that was promoted last and not taken back; null when there is none.</summary>
    public PromotedChange? Promoted { get; init; }

    /// <summary>The newest watch, also when it has ended; null when there never was one.</summary>
    public WatchState? Watch { get; init; }

    /// <summary>The newest rollback in production, also when it is done; null when there never was one.</summary>
    public ProductionRollback? Rollback { get; init; }

    /// <summary>True when a promoted version serves and it was not looked yet whether it is to be watched.</summary>
    public bool Unwatched => Promotion is null && Rollback is not { Done: false } && Phase == DeploymentPhase.Serving
        && Promoted is { } promoted && Current?.Version.Commit == promoted.Commit && Watch?.Start.Evolution != promoted.Evolution;

    /// <summary>The version to which what serves can still be taken back; null when it was not promoted, or has passed its watch.</summary>
    public DeployedVersion? WayBack => this switch
    {
        { Phase: not DeploymentPhase.Serving } or { Current: null } => null,
        { Watch: { Outcome: null or WatchOutcome.Inconclusive } watch } when watch.Start.Version.Commit == Current.Version.Commit => watch.Start.Before,
        _ when Promoted?.Commit != Current.Version.Commit => null,
        _ => (RollbackDecision.Decide(Current.Version, LastKnownGood) as RollbackDecision.RollBackTo)?.LastKnownGood,
    };

    private static bool IsOfWatch(DeploymentEvent happened) => happened is WatchStarted or WatchRead or RecurrenceSeen or WatchExtended or WatchEnded
        or ProductionRollbackDecided or BranchReverted or BranchNotReverted or ProductionRolledBack;

    private DeploymentState ApplyToWatch(DeploymentEvent happened) => this with
    {
        Watch = happened is WatchStarted started ? new WatchState(started) : Watch?.Apply(happened),
        Rollback = happened is ProductionRollbackDecided decided ? new ProductionRollback(decided) : Rollback?.Apply(happened),
        Promoted = happened switch
        {
            PromotionClosed { Outcome: PromotionOutcome.Committed } e => new PromotedChange(e.Evolution, e.Commit),
            ProductionRolledBack => null,
            _ => Promoted,
        },
    };
}

/// <summary>A change that was promoted.</summary>
public sealed record PromotedChange(Guid Evolution, string Commit);
