using Moss.Sandboxes;

namespace Moss.Containers.Sandboxing;

/// <summary>Finds what this engine in particular does not run.</summary>
internal static class ContainerCheck
{
    private const string Hash = "sha256:";
    private const int HashLength = 64;

    /// <summary>What is wrong and how to put it right; null when nothing is.</summary>
    public static string? Problem(SandboxSpec spec, DockerSandboxOptions options) =>
        spec.Image switch
        {
            null when options.Image is null => "image: none is named; name one by id or digest, here or in the options of the engine.",
            { } image when !IsExact(image) => $"image: '{image}' is a name that may mean another image tomorrow; give its id (sha256:...) or digest (name@sha256:...).",
            _ when spec.Network != SandboxNetwork.None => "network: no container of this engine has one; use the process engine for programs that need the host's.",
            _ => null,
        };

    /// <summary>Whether it says which bytes are meant.</summary>
    public static bool IsExact(string image)
    {
        var hash = image[(image.LastIndexOf('@') + 1)..];
        return hash.Length == Hash.Length + HashLength && hash.StartsWith(Hash, StringComparison.Ordinal) && hash[Hash.Length..].All(char.IsAsciiHexDigitLower);
    }
}
