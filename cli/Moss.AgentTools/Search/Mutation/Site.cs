using System.Globalization;
using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>An expression in a statement, where a template may propose changes.</summary>
internal sealed class Site(PythonFile file, Scopes scopes, Statement statement, Expression node)
{
    private const int LongestValue = 120;

    private IReadOnlyList<VisibleName>? _visible;

    public PythonFile File { get; } = file;

    public Scopes Scopes { get; } = scopes;

    public Statement Statement { get; } = statement;

    public Expression Node { get; } = node;

    public ExpressionKind Kind => Node.Kind;

    public string Text => File.Text(Node);

    public Shape Shape => ShapeOf(Node);

    public IReadOnlyList<VisibleName> Visible => _visible ??= Scopes.At(Statement, Node);

    public bool IsCallee => Scopes.IsCallee(Node);

    /// <summary>It is written to, not read.</summary>
    public bool IsTarget => Node.Ancestors().Prepend(Node).Any(IsTargetRoot) && !IsInsideSubscript;

    /// <summary>The name of a keyword argument, a parameter or the like: no value.</summary>
    public bool IsValue => Kind is not (ExpressionKind.Slice or ExpressionKind.Keyword or ExpressionKind.Star or ExpressionKind.ForClause
        or ExpressionKind.IfClause or ExpressionKind.Yield) && !IsCallee && !IsTarget;

    /// <summary>Not the name of a function, class or module.</summary>
    public bool IsVariable => Kind != ExpressionKind.Name || Visible.Any(v => v.Name == Text);

    /// <summary>It stands alone in an assignment, a return, an argument, an index…</summary>
    public bool IsWhole => Required == Binding.Loosest;

    public bool IsCondition => Node.Parent switch
    {
        null => Statement.Word is "if" or "elif" or "while" or "assert" && Statement.Roots[0] == Node,
        { Kind: ExpressionKind.IfClause } => true,
        { Kind: ExpressionKind.Ternary } ternary => ternary.Parts[1] == Node,
        _ => false,
    };

    private Binding Required => Node.Parent is not { } parent ? Binding.Loosest : parent.Kind switch
    {
        ExpressionKind.And => Binding.Not,
        ExpressionKind.Or or ExpressionKind.Ternary or ExpressionKind.IfClause or ExpressionKind.Star => Binding.And,
        ExpressionKind.ForClause => Binding.Or,
        ExpressionKind.Not => Binding.Compare,
        ExpressionKind.Compare => Binding.Arithmetic,
        ExpressionKind.Binary or ExpressionKind.Sign or ExpressionKind.Await => Binding.Atom,
        ExpressionKind.Attribute => Binding.Atom,
        ExpressionKind.Call or ExpressionKind.Subscript => parent.Parts[0] == Node ? Binding.Atom : Binding.Loosest,
        _ => Binding.Loosest,
    };

    private bool IsInsideSubscript => Node.Ancestors().Prepend(Node)
        .Any(a => a.Parent is { Kind: ExpressionKind.Subscript or ExpressionKind.Attribute or ExpressionKind.Call });

    public Shape ShapeOf(Expression other) => Scopes.ShapeOf(other, Statement);

    public Site With(Expression other) => new(File, Scopes, Statement, other);

    /// <summary>Put another text in place of the node, in parentheses where it would fall apart without.</summary>
    public Proposal Replace(string text, Binding binding, string template, double cost)
    {
        var fitted = binding < Required ? $"({text})" : text;
        return new Proposal([new Edit(Node.Start, Node.End, fitted)], template, cost + Repeats(text), $"use '{text}' instead of '{Text}'")
        {
            Value = IsTarget ? null : Value(fitted),
        };
    }

    /// <summary>What it adds that the same stands twice then: <c>x - x</c>, <c>x = x</c>.</summary>
    private double Repeats(string text) => Node.Parent switch
    {
        null => Statement.Word == "assign" && Statement.Roots.Any(r => r != Node && File.Text(r) == text) ? 3 : 0,
        { Kind: ExpressionKind.Compare or ExpressionKind.Binary or ExpressionKind.And or ExpressionKind.Or } parent
            => parent.Parts.Any(p => p != Node && File.Text(p) == text) ? 1.5 : 0,
        { Kind: ExpressionKind.Call or ExpressionKind.Tuple or ExpressionKind.Slice } parent => parent.Parts.Any(p => p != Node && File.Text(p) == text) ? 0.4 : 0,
        _ => 0,
    };

    /// <summary>
    /// What it changes to put another text here: the value of the largest expression around it that can be computed without
    /// doing anything. Of a condition only its truth counts.
    /// </summary>
    public ChangedValue Value(string text)
    {
        var whole = Node.Ancestors().Prepend(Node)
            .TakeWhile(a => a.End - a.Start <= LongestValue && Purity.IsPure(File.Source.Text, a))
            .LastOrDefault(IsExpression) ?? Node;
        var before = File.Text(whole);
        var after = before[..(Node.Start - whole.Start)] + text + before[(Node.End - whole.Start)..];
        var decides = With(whole).IsCondition || (whole.Parent is { Kind: ExpressionKind.And or ExpressionKind.Or } above && With(above).IsCondition);
        var group = string.Create(CultureInfo.InvariantCulture, $"{whole.Start}-{whole.End}");
        return decides ? new ChangedValue($"bool({before})", $"bool({after})", group) : new ChangedValue(before, after, group);
    }

    private static bool IsExpression(Expression node) => node.Kind is not (ExpressionKind.Slice or ExpressionKind.Keyword or ExpressionKind.Star
        or ExpressionKind.ForClause or ExpressionKind.IfClause);

    /// <summary>What <see cref="Binding"/> an expression of the file has.</summary>
    public static Binding BindingOf(Expression node) => node.Kind switch
    {
        ExpressionKind.Or => Binding.Or,
        ExpressionKind.And => Binding.And,
        ExpressionKind.Not => Binding.Not,
        ExpressionKind.Compare => Binding.Compare,
        ExpressionKind.Binary or ExpressionKind.Sign or ExpressionKind.Await => Binding.Arithmetic,
        ExpressionKind.Ternary or ExpressionKind.Lambda or ExpressionKind.Yield or ExpressionKind.Walrus or ExpressionKind.Tuple => Binding.Loosest,
        _ => Binding.Atom,
    };

    private bool IsTargetRoot(Expression node) =>
        node.Parent is null
            ? Statement.Word switch
            {
                "assign" => Statement.Roots[^1] != node,
                "augmented" or "for" => Statement.Roots[0] == node,
                "del" => true,
                "with" or "except" => Statement.Roots.IndexOf(node) > 0,
                _ => false,
            }
            : node.Parent.Kind == ExpressionKind.ForClause && node.Parent.Parts[0] == node;
}
