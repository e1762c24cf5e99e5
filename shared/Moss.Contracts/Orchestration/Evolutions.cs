namespace Moss.Contracts.Orchestration;

/// <summary>Begin an evolution. The request is already an event of the batch, so nothing is lost when this message is. Quarantined scenarios guard nothing.</summary>
public sealed record StartEvolution(
    Guid EvolutionId, Guid BatchId, string Substrate, string BaseCommit, IReadOnlyList<string> Scenarios, string Depth,
    decimal? Dollars, double? WallClockSeconds, double Alpha, double RegressionMargin, double Generalisation, int LeastFailures, string RequestedBy,
    DateTimeOffset RequestedAt, IReadOnlyList<string>? Quarantined = null, decimal? DollarsPerStage = null);

/// <summary>End it at the next transition; running work is cancelled.</summary>
public sealed record StopEvolution(Guid EvolutionId, string RequestedBy, DateTimeOffset RequestedAt);

/// <summary>Go on from what is stored, after a stop or a failure.</summary>
public sealed record RestartEvolution(Guid EvolutionId, string RequestedBy, DateTimeOffset RequestedAt);

/// <summary>A person allowed the promotion.</summary>
public sealed record GiveConsent(Guid EvolutionId, Deployment.ConsentGrant Grant);

/// <summary>A person refused the promotion.</summary>
public sealed record RefuseConsent(Guid EvolutionId, string RefusedBy, string Reason, DateTimeOffset RefusedAt);

/// <summary>A deadline of the evolution passed. <paramref name="Kind"/> is StageTimeout, WallClock or ConsentExpiry.</summary>
public sealed record DeadlinePassed(Guid EvolutionId, string Kind, StageReference? Stage, DateTimeOffset Due);

/// <summary>Told to workers: whatever runs for this evolution is no longer wanted.</summary>
public sealed record CancelWork(Guid EvolutionId, string Reason);
