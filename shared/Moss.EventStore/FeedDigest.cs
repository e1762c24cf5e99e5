using System.Security.Cryptography;

namespace Moss.EventStore;

/// <summary>
/// One hash for the whole feed up to a position: SHA-256(previous digest ‖ hash of the event), from the SHA-256 of nothing on. The
/// hash of an event begins with the name of its stream, so the digest covers every stream and their order.
/// </summary>
/// <param name="Position">Of the last event in it; 0 for none.</param>
/// <param name="Digest">64 hex digits.</param>
public sealed record FeedDigest(long Position, string Digest)
{
    /// <summary>Of an empty feed.</summary>
    public static FeedDigest Empty { get; } = new(0, Convert.ToHexStringLower(SHA256.HashData([])));

    /// <summary>With the next event in it.</summary>
    /// <param name="position">Of the event.</param>
    /// <param name="hash">Of the event, 64 hex digits.</param>
    public FeedDigest With(long position, string hash) => With(position, Convert.FromHexString(hash));

    internal FeedDigest With(long position, byte[] hash) =>
        new(position, Convert.ToHexStringLower(SHA256.HashData([.. Convert.FromHexString(Digest), .. hash])));
}
