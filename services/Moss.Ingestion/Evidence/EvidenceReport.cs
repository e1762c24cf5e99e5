namespace Moss.Ingestion.Evidence;

/// <summary>One failing episode as it is reported.</summary>
/// <param name="Substrate">Whose failure it is.</param>
/// <param name="Scenario">The scenario that replays it.</param>
/// <param name="Source">session, api, user or trace.</param>
/// <param name="Failure">
/// agent, or environment when what the substrate runs on had failed; when it is not said, the transcript's last line decides.
/// </param>
/// <param name="SessionId">Where it happened.</param>
/// <param name="UserId">To whom.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Complaint">What a person said, word for word.</param>
/// <param name="Expected">What should have happened.</param>
/// <param name="Transcript">The session as text, such as JSON lines.</param>
internal sealed record EvidenceItem(
    string? Substrate, string? Scenario, string? Source, string? Failure, string? SessionId, string? UserId, DateTimeOffset? OccurredAt,
    string? Complaint, string? Expected, string? Transcript);

/// <summary>A report: <c>{"items": […]}</c>; a bare list and a single item are read too.</summary>
internal sealed record EvidenceReport(IReadOnlyList<EvidenceItem> Items);

/// <summary>What became of a report: where each item is now, in the order of the report.</summary>
/// <param name="Accepted">Items that are new in a batch.</param>
/// <param name="Duplicates">Items that were there before, or twice in the report.</param>
/// <param name="SetAside">New items that are failures of the environment.</param>
/// <param name="Items">One for each that was sent.</param>
internal sealed record EvidenceReceipt(int Accepted, int Duplicates, int SetAside, IReadOnlyList<EvidencePlace> Items)
{
    public static EvidenceReceipt Of(IReadOnlyList<EvidencePlace> places) => new(
        places.Count(place => !place.Duplicate && place.Batch is not null), places.Count(place => place.Duplicate),
        places.Count(place => !place.Duplicate && place.Batch is null), places);
}

/// <summary>An item and its batch, or why it is in none.</summary>
internal sealed record EvidencePlace(Guid Evidence, Guid? Batch, bool Duplicate, string? SetAside);
