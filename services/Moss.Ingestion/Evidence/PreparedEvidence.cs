using Moss.Domain.Evidence;

namespace Moss.Ingestion.Evidence;

/// <summary>An item as it will be stored: redacted, with its ids; only where its transcript is kept is not known yet.</summary>
/// <param name="Position">In the report.</param>
/// <param name="Substrate">Whose failure it is.</param>
/// <param name="Event">What is stored.</param>
/// <param name="Transcript">Redacted; may be empty.</param>
/// <param name="SetAside">Why it is no failure of the substrate; null when it is one.</param>
internal sealed record PreparedEvidence(int Position, string Substrate, EvidenceAdded Event, string Transcript, string? SetAside)
{
    /// <summary>Items that say the same are one: the second has the id of the first.</summary>
    public static IReadOnlyList<PreparedEvidence> Of(IReadOnlyList<EvidenceItem> items, string? key)
    {
        var ids = new Dictionary<Guid, Guid>();
        var prepared = new List<PreparedEvidence>();
        foreach (var (position, item) in items.Index())
        {
            var one = Of(item, position);
            ids.TryAdd(one.Event.Content, key is null ? one.Event.Content : EvidenceId.OfKey(one.Substrate, key, position));
            prepared.Add(one with { Event = one.Event with { Evidence = ids[one.Event.Content] } });
        }

        return prepared;
    }

    private static PreparedEvidence Of(EvidenceItem item, int position)
    {
        var complaint = Redaction.Apply(item.Complaint ?? "");
        var expected = Redaction.Apply(item.Expected ?? "");
        var transcript = Redaction.Apply(item.Transcript ?? "");
        var report = new EvidenceAdded(
            Guid.Empty, item.Scenario!, item.Source ?? "api", Pseudonym.Of(item.SessionId), Pseudonym.Of(item.UserId), item.OccurredAt!.Value,
            complaint.Text, expected.Text, null, complaint.Count + expected.Count + transcript.Count, Fingerprint.Of(item.Scenario!, transcript.Text));
        report = report with { Content = EvidenceId.OfContent(item.Substrate!, report, transcript.Text) };
        return new(position, item.Substrate!, report, transcript.Text, Aside(item, transcript.Text));
    }

    private static string? Aside(EvidenceItem item, string transcript) => (item.Failure, item.Source) switch
    {
        ("agent", _) or (null, "user") => null,
        ("environment", _) => EnvironmentFailure.Find(transcript) ?? "the reporter says so",
        _ => EnvironmentFailure.Find(transcript),
    };
}
