using System.Collections.Immutable;

namespace Moss.Containers.Recreation;

/// <summary>A container to be made as another one is, but for its image.</summary>
/// <param name="Name">The name of the one that is there, without the engine's slash.</param>
/// <param name="Body">JSON that the engine makes it from. It is not started again by the engine: that comes last.</param>
/// <param name="Joins">Networks beside its first one, each with the JSON of its endpoint; joined before it is started.</param>
/// <param name="RestartPolicy">JSON of the policy that the one that is there had been given.</param>
/// <param name="Notices">What changes though nobody asked for it, for people.</param>
public sealed record RecreatedContainer(
    string Name, string Body, ImmutableSortedDictionary<string, string> Joins, string RestartPolicy, ImmutableArray<string> Notices);
