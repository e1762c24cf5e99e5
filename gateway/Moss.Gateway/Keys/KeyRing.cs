using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Moss.Gateway.Keys;

/// <summary>All keys that open the gateway.</summary>
internal sealed class KeyRing(ImmutableArray<ApiKey> keys)
{
    private const int LongestKey = 512;

    /// <summary>There are no keys, and nobody needs one.</summary>
    public bool IsOpen => keys.IsEmpty;

    /// <summary>Takes as long for a key that is nearly right as for one that is not.</summary>
    public ApiKey? Find(string presented)
    {
        if (presented.Length > LongestKey)
        {
            return null;
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(presented));
        ApiKey? found = null;
        foreach (var key in keys)
        {
            found = CryptographicOperations.FixedTimeEquals(key.Hash.AsSpan(), hash) ? key : found;
        }

        return found;
    }
}
