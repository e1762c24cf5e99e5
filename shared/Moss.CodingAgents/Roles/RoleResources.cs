using System.Security.Cryptography;
using System.Text;

namespace Moss.CodingAgents.Roles;

/// <summary>The texts that lie beside the roles, embedded in the assembly.</summary>
internal static class RoleResources
{
    private const int VersionLength = 12;

    /// <summary>What every role may and may not do.</summary>
    public static string Rules { get; } = Read("rules.md").Trim();

    /// <summary>What an author is asked whose work was rejected and who remembers it.</summary>
    public static string Again { get; } = Read("again.md");

    /// <summary>Twelve hexadecimal digits that differ where a text does.</summary>
    public static string VersionOf(params string[] texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))))[..VersionLength];

    public static string Read(string name)
    {
        using var stream = typeof(RoleResources).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the role text {name} is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
