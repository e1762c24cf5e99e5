using System.Security.Cryptography;
using System.Text;

namespace Moss.Domain.Evidence;

/// <summary>Ids that follow from what was sent, so that a repeated report is recognised wherever it arrives.</summary>
public static class EvidenceId
{
    /// <summary>The id of the item at an index of a request with an idempotency key.</summary>
    public static Guid OfKey(string substrate, string idempotencyKey, int index) =>
        Of("key", substrate, idempotencyKey, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The id of an item without a key: everything that was reported. It differs as soon as anything of it does.</summary>
    /// <param name="substrate">Whose failure it is.</param>
    /// <param name="report">What will be stored of it; its own ids do not count.</param>
    /// <param name="transcript">Its transcript, redacted.</param>
    public static Guid OfContent(string substrate, EvidenceAdded report, string transcript) => Of(
        "content", substrate, report.Scenario, report.Source, report.SessionId ?? "", report.UserId ?? "",
        report.OccurredAt.ToUniversalTime().ToString("O"), report.Complaint, report.Expected, transcript);

    private static Guid Of(params string[] parts)
    {
        var lengths = string.Join(',', parts.Select(part => part.Length));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{lengths}\n{string.Concat(parts)}"));
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
