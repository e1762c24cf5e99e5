namespace Moss.Domain.Promotion;

/// <summary>What is seen of the world at one moment.</summary>
/// <param name="PreviousRuns">A process of the version that served before lives.</param>
/// <param name="CandidateRuns">A process of the candidate lives.</param>
/// <param name="FallbackRuns">A process of the restarted last known good version lives.</param>
/// <param name="Now">The moment.</param>
public sealed record ObservedWorld(bool PreviousRuns, bool CandidateRuns, bool FallbackRuns, DateTimeOffset Now)
{
    /// <summary>Whether a process of that arm lives.</summary>
    public bool Runs(PromotionArm arm) => arm == PromotionArm.Candidate ? CandidateRuns : FallbackRuns;
}

/// <summary>The one thing to do next. Every step may be done again after a crash in the middle of it.</summary>
public abstract record PromotionStep
{
    private PromotionStep() { }

    /// <summary>Append an intent or a decision; nothing else happens.</summary>
    public sealed record Record(PromotionEvent Event) : PromotionStep;

    /// <summary>Name the version in the deployment's stream, then append <see cref="Promotion.LastKnownGoodRecorded"/>.</summary>
    public sealed record RecordLastKnownGood(DeployedVersion Version) : PromotionStep;

    /// <summary>Make the container without starting it, then append <see cref="Promotion.CandidateMade"/>, or give the promotion up.</summary>
    public sealed record Make(Instance Instance) : PromotionStep;

    /// <summary>Append <see cref="SnapshotRequested"/>, copy the state of a version that does not run, then append <see cref="Promotion.SnapshotTaken"/> or <see cref="SnapshotFailed"/>.</summary>
    public sealed record TakeSnapshot(Instance Instance) : PromotionStep;

    /// <summary>Append <see cref="SnapshotRestoreRequested"/>, put the copy back while nothing runs, then append <see cref="Promotion.SnapshotRestored"/>, or call a person.</summary>
    public sealed record RestoreSnapshot(Instance Instance) : PromotionStep;

    /// <summary>Stop every process of the old version, then append <see cref="Promotion.PreviousStopped"/>.</summary>
    public sealed record StopPrevious(Instance Instance) : PromotionStep;

    /// <summary>Start an instance of which no process lives, then append <see cref="Started"/> or <see cref="StartFailed"/>.</summary>
    public sealed record Start(PromotionArm Arm, Instance Instance) : PromotionStep;

    /// <summary>It lives though its start was never recorded: find its process and append <see cref="Started"/>.</summary>
    public sealed record Adopt(PromotionArm Arm, Instance Instance) : PromotionStep;

    /// <summary>Wait until then or until the process ends; if it lives, probe it and append <see cref="Probed"/>.</summary>
    public sealed record Probe(PromotionArm Arm, Instance Instance, int Round, DateTimeOffset NotBefore) : PromotionStep
    {
        /// <summary>What is asked.</summary>
        public ProbeKind Kind { get; init; }
    }

    /// <summary>Name the instance in the deployment's stream, then append <see cref="Promotion.ServingRecorded"/>.</summary>
    public sealed record RecordServing(PromotionArm Arm, Instance Instance) : PromotionStep;

    /// <summary>Move the branch, then append <see cref="BranchPublished"/> or <see cref="BranchNotPublished"/>.</summary>
    public sealed record Publish(DeployedVersion Version) : PromotionStep;

    /// <summary>Stop every process of the candidate, then append <see cref="Promotion.CandidateStopped"/> with its log's end.</summary>
    public sealed record StopCandidate(Instance Instance) : PromotionStep;

    /// <summary>Nothing is left to do.</summary>
    public sealed record Finished : PromotionStep;
}
