namespace Moss.AgentTools.Search.Profile;

/// <summary>Makes a program tell what expressions are worth while it runs.</summary>
internal interface IValueProbe
{
    /// <summary>The file with probes in it; it does otherwise what it did.</summary>
    /// <param name="file">As it is.</param>
    /// <param name="expressions">What to compute, by the offset of the line before which it is computed.</param>
    string Instrument(SourceText file, IReadOnlyDictionary<int, IReadOnlyList<string>> expressions);

    /// <summary>
    /// What a run with probes told on standard error: by file and offset a class for each expression, in order. Expressions of one
    /// class had the same values each time.
    /// </summary>
    IReadOnlyDictionary<(string Path, int At), IReadOnlyList<int>> Read(string error);
}

/// <summary>Classes that say something of their own.</summary>
internal static class ValueClass
{
    /// <summary>Not computed, or not computable there.</summary>
    public const int Unknown = -2;

    /// <summary>It raised an error the first time.</summary>
    public const int Error = -1;
}
