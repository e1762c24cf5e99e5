using System.Security.Cryptography;
using System.Text;

namespace Moss.Domain.Evidence;

/// <summary>Ids that follow from what was sent, so that a repeated report is recognised wherever it arrives.</summary>
public static class EvidenceId
{
    /// <summary>The id of the item at an index of a request with an idempotency key.</summary>
    public static Guid OfKey(string substrate, string idempotencyKey, int index) =>
        Of("key", substrate, idempotencyKey, index.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The id of an item without a key: what failed, for whom and when.</summary>
    public static Guid OfContent(string substrate, string scenario, string? session, DateTimeOffset occurredAt, string complaint) =>
        Of("content", substrate, scenario, session ?? "", occurredAt.ToUniversalTime().ToString("O"), complaint);

    private static Guid Of(params string[] parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts)));
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
