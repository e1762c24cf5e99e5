using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

/// <summary>
/// A statement. <see cref="Word"/> is its keyword, or <c>assign</c>, <c>augmented</c>, <c>expression</c>, or <c>opaque</c> for
/// what was not understood.
/// </summary>
internal sealed class Statement(string word, LogicalLine line, SourceText source)
{
    private readonly List<Statement> _body = [];

    public string Word { get; } = word;

    /// <summary>
    /// The expressions in it, in order. Conditions first; targets before values; <c>for</c> has target and iterated.
    /// </summary>
    public ImmutableArray<Expression> Roots { get; init; } = [];

    /// <summary>The operator of an augmented assignment.</summary>
    public Token? Mark { get; init; }

    /// <summary>What <c>def</c> or <c>class</c> names, or an import brings in.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>What is written behind the colon of a parameter, by its name.</summary>
    public ImmutableDictionary<string, string> Annotations { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>It stands on the line of the statement that it belongs to.</summary>
    public bool Inline { get; init; }

    /// <summary>It takes a body.</summary>
    public bool Compound { get; init; }

    public Statement? Parent { get; private set; }

    public IReadOnlyList<Statement> Body => _body;

    /// <summary>Start of its first token.</summary>
    public int Start { get; } = line.Start;

    /// <summary>End of its own line or header.</summary>
    public int End { get; init; } = line.End;

    public int Column { get; } = line.Column;

    public int FirstLine { get; } = source.LineOf(line.Start);

    public int LastLine { get; } = source.LineOf(line.End - 1);

    /// <summary>Last line of its body.</summary>
    public int BlockEndLine => _body.Count == 0 ? LastLine : Math.Max(LastLine, _body[^1].BlockEndLine);

    /// <summary>It cannot stand without the statement before it.</summary>
    public bool Continues => Word is "elif" or "else" or "except" or "finally" or "case";

    /// <summary>An expression statement that only holds a text.</summary>
    public bool IsDocumentation => Word == "expression" && Roots is [{ Kind: ExpressionKind.Text }];

    public bool IsSimple => !Compound && Word != "opaque";

    /// <summary>The definition that it is in; null at the top.</summary>
    public Statement? Function => Ancestors().FirstOrDefault(s => s.Word == "def");

    public IEnumerable<Expression> Expressions => Roots.SelectMany(root => root.All());

    public void Add(Statement child)
    {
        child.Parent = this;
        _body.Add(child);
    }

    public IEnumerable<Statement> Ancestors()
    {
        for (var above = Parent; above is not null; above = above.Parent)
        {
            yield return above;
        }
    }

    public IEnumerable<Statement> All()
    {
        yield return this;
        foreach (var below in _body.SelectMany(child => child.All()))
        {
            yield return below;
        }
    }
}
