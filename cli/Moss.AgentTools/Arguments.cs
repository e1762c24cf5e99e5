namespace Moss.AgentTools;

/// <summary>Command line of a verb: <c>--name value</c>, <c>--flag</c> and the rest. What is left unasked for is a problem.</summary>
internal sealed class Arguments(IEnumerable<string> words)
{
    private readonly List<string> _words = [.. words];
    private string? _missing;

    public IReadOnlyList<string> Rest => [.. _words.Where(w => !w.StartsWith("--", StringComparison.Ordinal))];

    public string? Value(string name)
    {
        var at = _words.IndexOf(name);
        if (at < 0)
        {
            return null;
        }

        if (at + 1 >= _words.Count || _words[at + 1].StartsWith("--", StringComparison.Ordinal))
        {
            _missing ??= $"{name} needs a value";
            return null;
        }

        var value = _words[at + 1];
        _words.RemoveRange(at, 2);
        return value;
    }

    public bool Flag(string name) => _words.Remove(name);

    /// <summary>What is wrong, after everything known was asked for; null when nothing is.</summary>
    public string? Problem() =>
        _missing ?? (_words.Find(w => w.StartsWith("--", StringComparison.Ordinal)) is { } unknown ? $"unknown option {unknown}" : null);
}
