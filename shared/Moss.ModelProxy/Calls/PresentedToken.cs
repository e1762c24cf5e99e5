using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Moss.ModelProxy.Calls;

/// <summary>The key that a client sends, wherever its protocol puts it.</summary>
internal static class PresentedToken
{
    private const string Bearer = "Bearer ";

    /// <summary>Whether one of them is the job's.</summary>
    public static bool Is(IHeaderDictionary headers, string token) => Find(headers).Any(found => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(found)), SHA256.HashData(Encoding.UTF8.GetBytes(token))));

    private static IEnumerable<string> Find(IHeaderDictionary headers)
    {
        if (headers.Authorization is [{ } authorization] && authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            yield return authorization[Bearer.Length..].Trim();
        }

        foreach (var name in new[] { "x-api-key", "x-goog-api-key", "api-key" })
        {
            if (headers[name] is [{ } key])
            {
                yield return key;
            }
        }
    }
}
