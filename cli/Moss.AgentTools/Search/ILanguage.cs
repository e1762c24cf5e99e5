using Moss.AgentTools.Search.Profile;

namespace Moss.AgentTools.Search;

/// <summary>What the search must know about a programming language: which small changes make sense in a file.</summary>
internal interface ILanguage
{
    /// <summary>True when files of this name are its own.</summary>
    bool Reads(string path);

    /// <summary>Looks at values while a program runs; null where the language has no such thing.</summary>
    IValueProbe? Probe { get; }

    /// <summary>Every change of the statements on lines that <paramref name="matters"/>, in the order of the text.</summary>
    IEnumerable<Mutant> Mutate(SourceText file, Func<int, bool> matters);
}
