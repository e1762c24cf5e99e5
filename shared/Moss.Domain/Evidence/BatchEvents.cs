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
/// <param name="Fingerprint">The same for all reports of one failure; empty when it was not taken.</param>
public sealed record EvidenceAdded(
    Guid Evidence, string Scenario, string Source, string? SessionId, string? UserId, DateTimeOffset OccurredAt, string Complaint,
    string Expected, string? TranscriptArtifact, int Redactions, string Fingerprint = "")
{
    /// <summary>Digest of everything that was reported, so that another report under its id is noticed; empty when it was not taken.</summary>
    /// <remarks>No parameter of the record: the schema of one with a default of this type cannot be made.</remarks>
    public Guid Content { get; init; }
}

/// <summary>
/// A failure of what the substrate runs on was reported: kept for people in the stream <c>environment-&lt;substrate&gt;</c>, part of no
/// batch, so that no evolution can begin with it.
/// </summary>
/// <param name="Substrate">Whose failure it seemed.</param>
/// <param name="Reason">What failed, for people.</param>
/// <param name="Report">What was reported, as for a batch.</param>
public sealed record EvidenceSetAside(string Substrate, string Reason, EvidenceAdded Report);

/// <summary>A change that was to repair its failures was taken back out of production: evidence may join again, and it can be evolved again.</summary>
/// <param name="Evolution">Whose change.</param>
/// <param name="Reason">Why it was taken back, for people.</param>
public sealed record BatchReopened(Guid Evolution, string Reason);

/// <summary>No more evidence joins the batch; it can be evolved.</summary>
/// <param name="Why">threshold, age, or asked for.</param>
public sealed record BatchSealed(string Why);
