using System.Collections.Immutable;

namespace Moss.AgentTools.Search;

/// <summary>The files that may be changed, as they were and as they are now.</summary>
internal sealed class SourceTree
{
    private readonly ImmutableSortedDictionary<string, string> _original;

    private SourceTree(ImmutableSortedDictionary<string, string> original, ImmutableSortedDictionary<string, string> overlay)
    {
        _original = original;
        Overlay = overlay;
    }

    public IEnumerable<string> Paths => _original.Keys;

    /// <summary>The files that differ from how they were.</summary>
    public ImmutableSortedDictionary<string, string> Overlay { get; }

    public static SourceTree Of(IEnumerable<KeyValuePair<string, string>> files) => new(
        files.ToImmutableSortedDictionary(StringComparer.Ordinal),
        ImmutableSortedDictionary<string, string>.Empty.WithComparers(StringComparer.Ordinal));

    public string Original(string path) => _original[path];

    public string Text(string path) => Overlay.GetValueOrDefault(path) ?? _original[path];

    public SourceTree With(string path, string text) =>
        new(_original, text == _original[path] ? Overlay.Remove(path) : Overlay.SetItem(path, text));

    public SourceTree With(Mutant mutant) => With(mutant.Path, mutant.Apply(Text(mutant.Path)));

    public bool SameAs(SourceTree other) => Overlay.SequenceEqual(other.Overlay);
}
