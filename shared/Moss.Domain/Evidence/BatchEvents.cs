namespace Moss.Domain.Evidence;

/// <summary>A substrate was made known, or its repository moved.</summary>
public sealed record SubstrateRegistered(string Name, string Repository, string Commit);

/// <summary>A batch was opened for a substrate.</summary>
public sealed record BatchOpened(Guid Batch, string Substrate);

/// <summary>One failing episode joined a batch. Texts are redacted; the transcript is an artifact.</summary>
/// <param name="Evidence">Derived from what was sent, so that the same report twice is one.</param>
/// <param name="Scenario">The replayable task that shows it.</param>
/// <param name="Source">session, api, user, trace.</param>
/// <param name="SessionId">Where it happened, when known.</param>
/// <param name="UserId">To whom, when known.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Complaint">What a person said, verbatim; empty when nobody did.</param>
/// <param name="Expected">What should have happened; may be empty.</param>
/// <param name="TranscriptArtifact">Hash; null when there is none.</param>
/// <param name="Redactions">How many secrets and addresses were taken out.</param>
public sealed record EvidenceAdded(
    Guid Evidence, string Scenario, string Source, string? SessionId, string? UserId, DateTimeOffset OccurredAt, string Complaint,
    string Expected, string? TranscriptArtifact, int Redactions);

/// <summary>No more evidence joins the batch; it can be evolved.</summary>
/// <param name="Why">threshold, or who asked.</param>
public sealed record BatchSealed(string Why);
