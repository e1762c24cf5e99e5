using static Moss.Domain.Promotion.PromotionStep;

namespace Moss.Domain.Promotion;

/// <summary>
/// The crash-safe order of a promotion: from what is journalled and what is seen, the next step. Asked again after every
/// step, and after a crash in the same way; so there is no recovery that is not the protocol itself. Two versions never run
/// at once: an instance is started only while none of the others is seen to live.
/// </summary>
public static class PromotionProtocol
{
    /// <summary>Ground of a promotion that began too late.</summary>
    public const string ConsentExpired = nameof(ConsentExpired);

    /// <summary>Ground of a promotion whose world is not in order.</summary>
    public const string NotReady = nameof(NotReady);

    /// <summary>How often the last known good version is started before a person is called.</summary>
    public const int FallbackStarts = 3;

    /// <summary>How often a candidate is started that ended while nobody watched.</summary>
    public const int CandidateStarts = 2;

    /// <summary>How many windows the last known good version gets to come up: after it there is nothing to return to.</summary>
    public const int FallbackWindows = 3;

    /// <summary>The next step.</summary>
    public static PromotionStep Next(PromotionState state, ObservedWorld world) => state switch
    {
        { Open: false } => new Finished(),
        { RollbackReason: not null } => Undo(state, state.Plan!, world),
        { AcceptedAt: not null } => Settle(state, state.Plan!, world),
        { Plan.Swap: false } => PublishAlone(state, state.Plan!, world),
        { Touched: false } => Prepare(state, state.Plan!, world),
        _ => Forward(state, state.Plan!, world),
    };

    /// <summary>What is recorded when a journal is taken up again: rounds of probes across a gap are no row. Null when there is nothing to say.</summary>
    public static PromotionEvent? TakeUp(PromotionState state, DateTimeOffset now) => state switch
    {
        { Open: false } or { AcceptedAt: not null } => null,
        { RollbackReason: null, Candidate.WatchedSince: not null } => new ProbingResumed(PromotionArm.Candidate, now),
        { RollbackReason: not null, Fallback.WatchedSince: not null } => new ProbingResumed(PromotionArm.Fallback, now),
        _ => null,
    };

    private static PromotionStep Prepare(PromotionState state, PromotionPlan plan, ObservedWorld world)
    {
        if (TooLate(plan, world) is { } abandoned)
        {
            return abandoned;
        }

        return state switch
        {
            { LastKnownGoodRecorded: false } => new RecordLastKnownGood(plan.LastKnownGood!),
            { CandidateMade: false } when plan.InPlace => new Make(plan.Candidate),
            _ => new Record(new PreviousStopRequested(world.Now)),
        };
    }

    private static PromotionStep Forward(PromotionState state, PromotionPlan plan, ObservedWorld world)
    {
        if (!state.PreviousStopped || world.PreviousRuns)
        {
            return new StopPrevious(plan.Previous!);
        }

        if (!plan.Snapshot.IsEmpty && !state.SnapshotTaken)
        {
            return state.SnapshotFailure is { } uncopied
                ? new Record(new RollbackDecided($"the state could not be copied: {uncopied}", world.Now))
                : new TakeSnapshot(plan.Previous!);
        }

        var arm = state.Candidate;
        if (arm.StartRequestedAt is null)
        {
            return new Record(new StartRequested(PromotionArm.Candidate, world.Now));
        }

        if (arm.StartFailure is { } failure)
        {
            return new Record(new RollbackDecided($"the new version could not be started: {failure}", world.Now));
        }

        if (arm.Process is null)
        {
            return StartOrAdopt(PromotionArm.Candidate, plan.Candidate, world);
        }

        if (!world.CandidateRuns)
        {
            // Nobody saw it end: it may have ended with the machine or the engine under it, which says nothing about it.
            return arm.Unwatched && arm.Starts < CandidateStarts
                ? new Record(new StartRequested(PromotionArm.Candidate, world.Now))
                : new Record(new RollbackDecided("the new version's process ended", world.Now));
        }

        return HealthGate.Judge(plan.Health, arm.Rounds, arm.WatchedSince!.Value, world.Now) switch
        {
            HealthRuling.Passed passed =>
                new Record(new CandidateAccepted((passed.ServingSince - state.StopRequestedAt!.Value).TotalSeconds, world.Now)),
            HealthRuling.Failed failed => new Record(new RollbackDecided(failed.Reason, world.Now)),
            HealthRuling.Pending pending => new Probe(PromotionArm.Candidate, plan.Candidate, pending.Round, pending.NotBefore) { Kind = pending.Kind },
            var ruling => throw new InvalidOperationException($"unknown ruling {ruling}"),
        };
    }

    private static PromotionStep Settle(PromotionState state, PromotionPlan plan, ObservedWorld world)
    {
        if (!state.Candidate.ServingRecorded)
        {
            return new RecordServing(PromotionArm.Candidate, plan.Candidate);
        }

        return state.PublishTried ? new Record(new PromotionCommitted(world.Now)) : new Publish(plan.Candidate.Version);
    }

    private static PromotionStep PublishAlone(PromotionState state, PromotionPlan plan, ObservedWorld world) => state switch
    {
        { PublishTried: false } => TooLate(plan, world) ?? (PromotionStep)new Publish(plan.Candidate.Version),
        { PublishFailure: { } failure } => new Record(new PromotionAbandoned(NotReady, failure, world.Now)),
        _ => new Record(new PromotionCommitted(world.Now)),
    };

    private static PromotionStep Undo(PromotionState state, PromotionPlan plan, ObservedWorld world)
    {
        if (RollbackDecision.Decide(plan.Candidate.Version, plan.LastKnownGood) is not RollbackDecision.RollBackTo)
        {
            return new Record(new OperatorNeeded("there is no other version to return to", world.Now));
        }

        if (!state.CandidateStopped || world.CandidateRuns)
        {
            return new StopCandidate(plan.Candidate);
        }

        // What never ran changed nothing.
        var putBack = state is { SnapshotTaken: true, SnapshotRestored: false, Candidate.StartRequestedAt: not null };
        var itself = plan.Previous!.Marker == plan.Fallback!.Marker;
        return world.PreviousRuns && (putBack || !itself) ? new StopPrevious(plan.Previous)
            : putBack ? new RestoreSnapshot(plan.Previous)
            : Restore(state, plan, world);
    }

    private static PromotionStep Restore(PromotionState state, PromotionPlan plan, ObservedWorld world)
    {
        var arm = state.Fallback;
        if (arm.StartRequestedAt is null)
        {
            return new Record(new StartRequested(PromotionArm.Fallback, world.Now));
        }

        if (arm.Process is null && (arm.StartFailure is null || world.FallbackRuns))
        {
            return StartOrAdopt(PromotionArm.Fallback, plan.Fallback!, world);
        }

        if (!world.FallbackRuns && arm.Starts < FallbackStarts)
        {
            return new Record(new StartRequested(PromotionArm.Fallback, world.Now));
        }

        var ruling = world.FallbackRuns
            ? HealthGate.Judge(Patient(plan.Health), arm.Rounds, arm.WatchedSince!.Value, world.Now)
            : new HealthRuling.Failed(arm.StartFailure ?? "its process ended");
        return ruling switch
        {
            HealthRuling.Pending pending => new Probe(PromotionArm.Fallback, plan.Fallback!, pending.Round, pending.NotBefore) { Kind = pending.Kind },
            _ when !arm.ServingRecorded => new RecordServing(PromotionArm.Fallback, plan.Fallback!),
            HealthRuling.Failed failed =>
                new Record(new OperatorNeeded($"the last known good version did not come up healthy either: {failed.Reason}", world.Now)),
            _ => new Record(new PromotionUndone(world.Now)),
        };
    }

    private static PromotionStep StartOrAdopt(PromotionArm arm, Instance instance, ObservedWorld world) =>
        world.Runs(arm) ? new Adopt(arm, instance) : new Start(arm, instance);

    private static HealthTerms Patient(HealthTerms terms) =>
        terms with { Window = terms.Window * FallbackWindows, Startup = terms.Startup * FallbackWindows, MinimumHealthy = TimeSpan.Zero };

    private static Record? TooLate(PromotionPlan plan, ObservedWorld world) => world.Now < plan.ConsentExpiresAt
        ? null
        : new Record(new PromotionAbandoned(ConsentExpired, $"consent expired at {plan.ConsentExpiresAt:u} before anything was touched", world.Now));
}
