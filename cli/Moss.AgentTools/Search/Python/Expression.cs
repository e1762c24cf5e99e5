using System.Collections.Immutable;

namespace Moss.AgentTools.Search.Python;

internal enum ExpressionKind
{
    Name,
    Number,
    Text,

    /// <summary>True, False, None or an ellipsis.</summary>
    Constant,
    Attribute,
    Subscript,
    Slice,
    Call,
    Keyword,
    Star,
    Sign,
    Not,
    Binary,
    Compare,
    And,
    Or,
    Ternary,
    Lambda,

    /// <summary>An expression in parentheses.</summary>
    Group,
    Tuple,
    List,
    Set,
    Dictionary,

    /// <summary>List, set, dictionary or generator: elements first, then clauses.</summary>
    Comprehension,
    ForClause,
    IfClause,
    Yield,
    Await,
    Walrus,
}

/// <summary>A node of an expression tree with its place in the text.</summary>
internal sealed class Expression
{
    public Expression(ExpressionKind kind, int start, int end, ImmutableArray<Expression> parts = default, ImmutableArray<Token> marks = default)
    {
        Kind = kind;
        Start = start;
        End = end;
        Parts = parts.IsDefault ? [] : parts;
        Marks = marks.IsDefault ? [] : marks;
        foreach (var part in Parts)
        {
            part.Parent = this;
        }
    }

    public ExpressionKind Kind { get; }

    public int Start { get; }

    public int End { get; }

    public ImmutableArray<Expression> Parts { get; }

    /// <summary>The operators between the parts, or the name of an attribute or keyword.</summary>
    public ImmutableArray<Token> Marks { get; }

    public Expression? Parent { get; private set; }

    public IEnumerable<Expression> Ancestors()
    {
        for (var node = Parent; node is not null; node = node.Parent)
        {
            yield return node;
        }
    }

    /// <summary>This node and everything under it, parents first, in the order of the text.</summary>
    public IEnumerable<Expression> All()
    {
        yield return this;
        foreach (var below in Parts.SelectMany(part => part.All()))
        {
            yield return below;
        }
    }
}
