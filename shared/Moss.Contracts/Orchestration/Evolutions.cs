namespace Moss.Contracts.Orchestration;

/// <summary>Begin an evolution. The request is already an event of the batch, so nothing is lost when this message is. Quarantined scenarios guard nothing.</summary>
public sealed record StartEvolution(
    Guid EvolutionId, Guid BatchId, string Substrate, string BaseCommit, IReadOnlyList<string> Scenarios, string Depth,
    decimal? Dollars, double? WallClockSeconds, double Alpha, double RegressionMargin, double Generalisation, int LeastFailures, string RequestedBy,
    DateTimeOffset RequestedAt, IReadOnlyList<string>? Quarantined = null, decimal? DollarsPerStage = null, ConsentDemand? Consent = null);

/// <summary>Who has to sign before a candidate is promoted, as the base commit declares it.</summary>
public sealed record ConsentDemand(IReadOnlyList<ConsentApprover> Approvers, int Quorum, bool RequesterMayApprove, double ValiditySeconds);

/// <summary>An approver and the public key, <c>ed25519:</c> and base64.</summary>
public sealed record ConsentApprover(string Name, string Key);

/// <summary>End it at the next transition; running work is cancelled.</summary>
public sealed record StopEvolution(Guid EvolutionId, string RequestedBy, DateTimeOffset RequestedAt);

/// <summary>Go on from what is stored, after a stop or a failure.</summary>
public sealed record RestartEvolution(Guid EvolutionId, string RequestedBy, DateTimeOffset RequestedAt);

/// <summary>A person allowed the promotion.</summary>
public sealed record GiveConsent(Guid EvolutionId, Deployment.ConsentGrant Grant);

/// <summary>An approver signed.</summary>
public sealed record SignConsent(Guid EvolutionId, Deployment.ConsentSignature Signature, DateTimeOffset SignedAt);

/// <summary>A person refused the promotion.</summary>
public sealed record RefuseConsent(Guid EvolutionId, string RefusedBy, string Reason, DateTimeOffset RefusedAt);

/// <summary>A deadline of the evolution passed. <paramref name="Kind"/> is StageTimeout, WallClock or ConsentExpiry.</summary>
public sealed record DeadlinePassed(Guid EvolutionId, string Kind, StageReference? Stage, DateTimeOffset Due);

/// <summary>Told to workers: whatever runs for this evolution is no longer wanted.</summary>
public sealed record CancelWork(Guid EvolutionId, string Reason);
