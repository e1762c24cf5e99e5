using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Moss.Cli.Commands.Gateway;

/// <summary>A key that was just made, and what the gateway is told of it.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Key">The secret.</param>
/// <param name="Hash">SHA-256 of it, as the gateway keeps it.</param>
/// <param name="Settings">Environment of the gateway.</param>
internal sealed record NewKey(string Name, string Key, string Hash, IReadOnlyDictionary<string, string> Settings)
{
    private const int SecretBytes = 32;

    public static NewKey Make(string name, IReadOnlyList<string> scopes)
    {
        var key = "moss_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var section = $"Moss__Gateway__Keys__{name}__";
        return new(name, key, hash, new Dictionary<string, string> { [section + "Hash"] = hash, [section + "Scopes"] = string.Join(',', scopes) });
    }
}
