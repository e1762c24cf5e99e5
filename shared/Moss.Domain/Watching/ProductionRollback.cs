using Moss.Domain.Promotion;
using static Moss.Domain.Watching.ProductionRollbackStep;

namespace Moss.Domain.Watching;

/// <summary>A rollback in production that was decided, and how far it has come.</summary>
/// <param name="Decided">What was decided.</param>
public sealed record ProductionRollback(ProductionRollbackDecided Decided)
{
    /// <summary>True when moving the branch was tried and came to an end.</summary>
    public bool BranchTried { get; init; }

    /// <summary>Why the branch still has what was taken back; null when it has not, or was not tried.</summary>
    public string? BranchFailure { get; init; }

    /// <summary>True when nothing is left to do.</summary>
    public bool Done { get; init; }

    /// <summary>After one more event of its deployment.</summary>
    public ProductionRollback Apply(DeploymentEvent happened) => happened switch
    {
        BranchReverted => this with { BranchTried = true },
        BranchNotReverted e => this with { BranchTried = true, BranchFailure = e.Reason },
        ProductionRolledBack => this with { Done = true },
        _ => this,
    };
}

/// <summary>The one thing to do next. Every step may be done again after a crash in the middle of it.</summary>
public abstract record ProductionRollbackStep
{
    private ProductionRollbackStep() { }

    /// <summary>Take up the journal of the promotion again, in the other direction, with <see cref="ProductionRollbackProtocol.Opening"/>.</summary>
    public sealed record Open : ProductionRollbackStep;

    /// <summary>Go on with that journal until it has ended.</summary>
    public sealed record Undo : ProductionRollbackStep;

    /// <summary>Undo the commit on the branch, then append <see cref="BranchReverted"/> or <see cref="BranchNotReverted"/>.</summary>
    public sealed record RevertBranch : ProductionRollbackStep;

    /// <summary>Append it; nothing else happens.</summary>
    public sealed record Record(ProductionRolledBack Event) : ProductionRollbackStep;

    /// <summary>Nothing is left to do.</summary>
    public sealed record Finished : ProductionRollbackStep;
}

/// <summary>
/// The crash-safe order of a rollback after a promotion was committed. Stopping what fails and starting what was good is the undoing of
/// the promotion: its own protocol does it, in its own journal, so that there is one way back and not two.
/// </summary>
public static class ProductionRollbackProtocol
{
    /// <summary>The next step.</summary>
    /// <param name="rollback">What was decided.</param>
    /// <param name="journal">The promotion's journal as it stands.</param>
    /// <param name="now">The moment.</param>
    public static ProductionRollbackStep Next(ProductionRollback rollback, PromotionState journal, DateTimeOffset now) => rollback switch
    {
        { Done: true } => new Finished(),
        { Decided.Fallback.Marker: var marker } when journal.Plan?.Fallback?.Marker != marker => new Open(),
        _ when journal.Open => new Undo(),
        { BranchTried: false } => new RevertBranch(),
        _ => new Record(Done(rollback, journal, now)),
    };

    /// <summary>
    /// What the promotion's journal goes on with: a plan of which everything but the way back is done. It keeps the key of the command, so
    /// that the command, when it is repeated, is answered with this end. Where the earlier version cannot read what the failing one wrote, the
    /// way back leads over the copy of the state that the promotion took.
    /// </summary>
    public static IReadOnlyList<PromotionEvent> Opening(
        ProductionRollbackDecided decided, PromotionState journal, InstanceProcess? process, DateTimeOffset now)
    {
        var plan = new PromotionPlan(decided.Evolution, decided.Substrate, journal.Plan?.Stage ?? "", decided.Failing, decided.Health, now)
        {
            Previous = decided.Failing,
            Fallback = decided.Fallback,
            Snapshot = decided.PutsBack,
        };
        return
        [
            new PromotionPlanned(plan, now), new PreviousStopRequested(now),
            .. plan.Snapshot.IsEmpty ? [] : new PromotionEvent[] { new SnapshotTaken(now), new StartRequested(PromotionArm.Candidate, now) },
            .. process is null ? [] : new PromotionEvent[] { new Started(PromotionArm.Candidate, process, now) },
            new RollbackDecided(decided.Reason, now),
        ];
    }

    private static ProductionRolledBack Done(ProductionRollback rollback, PromotionState journal, DateTimeOffset now)
    {
        var decided = rollback.Decided;
        var trouble = string.Join("; ", new[] { journal.Reason, rollback.BranchFailure }.OfType<string>());
        return new(decided.Evolution, decided.Substrate, decided.Failing.Version.Commit, decided.Fallback.Version.Commit, decided.Reason, decided.By, now)
        {
            Batch = decided.Batch,
            Evidence = decided.Evidence,
            Trouble = trouble.Length == 0 ? null : trouble,
        };
    }
}
