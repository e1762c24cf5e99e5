using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Moss.Containers.Engine.Images;

namespace Moss.Containers.Building;

/// <summary>
/// How an image of a commit is found again: by a tag, which only who speaks to the engine can give, and by labels, which say how it
/// was made. Either alone is not enough: labels can come from a stranger's instructions, and a tag says nothing of the recipe.
/// </summary>
/// <param name="Repository">First half of its tag.</param>
/// <param name="Tag">Second half: the commit.</param>
/// <param name="Labels">All that it was made from.</param>
internal sealed record CommitImageName(string Repository, string Tag, ImmutableSortedDictionary<string, string> Labels)
{
    /// <summary>Label of the substrate's name.</summary>
    public const string Substrate = "moss.substrate";

    /// <summary>Label of the commit.</summary>
    public const string Commit = "moss.commit";

    /// <summary>Label of the instructions and everything else that decides what becomes of the commit.</summary>
    public const string Recipe = "moss.recipe";

    private const string Prefix = "moss/";

    /// <summary>Both halves.</summary>
    public string Reference => $"{Repository}:{Tag}";

    /// <param name="request">Which image.</param>
    /// <param name="dockerfile">Its instructions.</param>
    public static CommitImageName Of(CommitImageRequest request, byte[] dockerfile)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        labels.Add(Substrate, request.Substrate);
        labels.Add(Commit, request.Commit.Value);
        labels.Add(Recipe, RecipeOf(request, dockerfile));
        // A name of a repository of images does not end with a dash; the labels tell such substrates apart.
        return new(Prefix + request.Substrate.TrimEnd('-'), request.Commit.Value, labels.ToImmutable());
    }

    /// <summary>Whether it was made from the same.</summary>
    public bool Fits(ImageDetails image) =>
        Labels.All(label => image.Config?.Labels is { } found && found.TryGetValue(label.Key, out var value) && value == label.Value);

    /// <summary>Whether it is a tag of these, as the engine writes it.</summary>
    public static bool IsOurs(string reference) => reference.StartsWith(Prefix, StringComparison.Ordinal);

    private static string RecipeOf(CommitImageRequest request, byte[] dockerfile)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (IEnumerable<string>)[
            Convert.ToHexStringLower(SHA256.HashData(dockerfile)), request.Scenarios, request.Image.Network ? "network" : "no network",
            .. request.Image.Arguments.SelectMany(argument => (string[])[argument.Key, argument.Value])])
        {
            // Lengths keep what stands side by side apart.
            hash.AppendData(BitConverter.GetBytes(Encoding.UTF8.GetByteCount(part)));
            hash.AppendData(Encoding.UTF8.GetBytes(part));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
