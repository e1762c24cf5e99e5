using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Moss.CodingAgents.Cassettes;

/// <summary>SHA-256 of several texts, in hex. Each goes in with its length, so that none can run over into the next.</summary>
internal static class Digest
{
    public static string Of(params IEnumerable<string?> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part ?? "");
            hash.AppendData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(part is null ? -1 : bytes.Length)}:")));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
