using Moss.Ingestion.Evidence;

namespace Moss.Ingestion.Batches;

/// <summary>What became of a report.</summary>
internal abstract record Intake
{
    private Intake() { }

    /// <summary>Every item is stored, now or before.</summary>
    public sealed record Taken(EvidenceReceipt Receipt) : Intake;

    /// <summary>The idempotency key belongs to another report; nothing is stored.</summary>
    /// <param name="Position">The first item that is another one there.</param>
    public sealed record KeyTaken(int Position) : Intake;
}
