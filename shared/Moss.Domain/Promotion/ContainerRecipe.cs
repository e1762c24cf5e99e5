using System.Collections.Immutable;

namespace Moss.Domain.Promotion;

/// <summary>
/// A container that takes the place of one that Moss did not make, as far as it takes to make it again: also when nothing but the
/// journal is left of it.
/// </summary>
/// <param name="Name">The name of the place: whoever serves has it.</param>
/// <param name="Body">What the container is made from, in the engine's own words.</param>
/// <param name="Joins">Networks beside the first one, each with its endpoint in the engine's own words.</param>
/// <param name="RestartPolicy">What the engine is to do when it ends, in the engine's own words; it counts while it serves.</param>
public sealed record ContainerRecipe(string Name, string Body, ImmutableSortedDictionary<string, string> Joins, string RestartPolicy)
{
    /// <summary>Id of the container that Moss found there; null of one that Moss makes.</summary>
    public string? Adopted { get; init; }

    /// <summary>
    /// Volumes of which a copy was taken before it first started, and that every way back from it puts back: the version before cannot read
    /// what it writes. None where that version can, or where nobody tried.
    /// </summary>
    public ImmutableArray<string> PutsBack { get; init; } = [];
}
