using System.Collections.Immutable;
using Moss.Substrates.Yaml;

namespace Moss.Substrates.Reading;

/// <summary>Everything found while one file is read: problems, and where each field stands.</summary>
internal sealed class ProblemList
{
    private readonly List<SubstrateProblem> all = [];
    private readonly Dictionary<string, (int Line, int Column)> positions = new(StringComparer.Ordinal);

    /// <summary>In the order of the file.</summary>
    public ImmutableArray<SubstrateProblem> All => [.. all.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)];

    public int Count => all.Count;

    public ImmutableDictionary<string, (int Line, int Column)> Positions => positions.ToImmutableDictionary(StringComparer.Ordinal);

    public void Add(Mark at, string field, string problem, string fix) => all.Add(new(at.Line, at.Column, field, problem, fix));

    public void Note(string field, Mark at) => positions[field] = (at.Line, at.Column);
}
