namespace Moss.AgentTools.Search.Python;

/// <summary>A name, what it seems to be and where it is first given a value.</summary>
internal sealed record BoundName(string Name, int FirstBinding)
{
    public Shape Shape { get; set; }

    /// <summary>The loop whose variable it is; null for any other name.</summary>
    public Statement? Loop { get; init; }
}

/// <summary>The names that a function (or the top of the file) binds itself, with their shapes.</summary>
internal sealed class NameTable
{
    private static readonly Dictionary<string, Shape> Methods = new(StringComparer.Ordinal)
    {
        ["append"] = Shape.List, ["extend"] = Shape.List, ["insert"] = Shape.List, ["sort"] = Shape.List, ["reverse"] = Shape.List,
        ["popleft"] = Shape.List, ["appendleft"] = Shape.List, ["add"] = Shape.Set, ["discard"] = Shape.Set, ["difference"] = Shape.Set,
        ["items"] = Shape.Dictionary, ["keys"] = Shape.Dictionary, ["values"] = Shape.Dictionary, ["get"] = Shape.Dictionary,
        ["setdefault"] = Shape.Dictionary, ["strip"] = Shape.Text, ["split"] = Shape.Text, ["join"] = Shape.Text, ["startswith"] = Shape.Text,
        ["endswith"] = Shape.Text, ["rfind"] = Shape.Text, ["isdigit"] = Shape.Text, ["lower"] = Shape.Text, ["upper"] = Shape.Text,
    };

    private readonly PythonFile _file;
    private readonly Dictionary<string, BoundName> _names = new(StringComparer.Ordinal);

    public NameTable(PythonFile file, Statement? function)
    {
        _file = file;
        Function = function;
        var own = (function is null ? file.All : [function, .. function.Body.SelectMany(s => s.All())])
            .Where(s => s.Function == function || s == function)
            .ToList();
        foreach (var parameter in function?.Parameters ?? [])
        {
            Bind(parameter, function!.Start);
            _names[parameter].Shape = ShapeReader.OfAnnotation(function.Annotations.GetValueOrDefault(parameter, ""));
        }

        own.Where(s => s != function).ToList().ForEach(BindStatement);
        for (var pass = 0; pass < 2; pass++)
        {
            own.Where(s => s != function).ToList().ForEach(Learn);
            function?.Body.SelectMany(s => s.All()).SelectMany(s => s.Expressions).ToList().ForEach(LearnUse);
        }
    }

    public Statement? Function { get; }

    public IEnumerable<BoundName> Names => _names.Values.OrderBy(n => n.FirstBinding);

    public Shape ShapeOf(string name) => _names.TryGetValue(name, out var bound) ? bound.Shape : Shape.Unknown;

    public bool Binds(string name) => _names.ContainsKey(name);

    private void Bind(string name, int at, Statement? loop = null) => _names.TryAdd(name, new BoundName(name, at) { Loop = loop });

    private void BindStatement(Statement statement)
    {
        var targets = statement.Word switch
        {
            "assign" => statement.Roots[..^1],
            "augmented" => statement.Roots[..1],
            "for" => statement.Roots[..1],
            "with" or "except" when statement.Roots.Length > 1 => statement.Roots[1..],
            _ => [],
        };
        foreach (var name in targets.SelectMany(TargetNames))
        {
            Bind(_file.Text(name), name.Start, statement.Word == "for" ? statement : null);
        }

        foreach (var walrus in statement.Expressions.Where(e => e.Kind == ExpressionKind.Walrus))
        {
            Bind(_file.Text(walrus.Parts[0]), walrus.Start);
        }
    }

    /// <summary>Names that an assignment to this target binds; not the ones it only reads, as in <c>a[i]</c>.</summary>
    public static IEnumerable<Expression> TargetNames(Expression target) => target.Kind switch
    {
        ExpressionKind.Name => [target],
        ExpressionKind.Tuple or ExpressionKind.List or ExpressionKind.Group or ExpressionKind.Star => target.Parts.SelectMany(TargetNames),
        _ => [],
    };

    private void Learn(Statement statement)
    {
        if (statement.Word == "assign")
        {
            var value = statement.Roots[^1];
            foreach (var target in statement.Roots[..^1])
            {
                if (target.Kind == ExpressionKind.Tuple && value.Kind == ExpressionKind.Tuple && target.Parts.Length == value.Parts.Length)
                {
                    target.Parts.Zip(value.Parts).ToList().ForEach(pair => Note(pair.First, Of(pair.Second)));
                }
                else
                {
                    Note(target, Of(value));
                }
            }
        }
        else if (statement.Word == "for" && statement.Roots.Length == 2)
        {
            Note(statement.Roots[1], Shape.Unknown);
            LearnLoop(statement.Roots[0], statement.Roots[1]);
        }
        else if (statement.Word == "augmented")
        {
            Note(statement.Roots[0], Of(statement.Roots[1]));
        }
    }

    private void LearnLoop(Expression target, Expression iterated)
    {
        var callee = iterated.Kind == ExpressionKind.Call ? _file.Text(iterated.Parts[0]) : "";
        if (callee == "range")
        {
            Note(target, Shape.Number);
        }
        else if (callee == "enumerate" && target.Kind == ExpressionKind.Tuple)
        {
            Note(target.Parts[0], Shape.Number);
        }
        else if (Of(iterated) == Shape.Text)
        {
            Note(target, Shape.Text);
        }
    }

    private void LearnUse(Expression node)
    {
        switch (node.Kind)
        {
            case ExpressionKind.Binary when _file.Text(node.Marks[0]) is "-" or "/" or "//" or "**" or "<<" or ">>" or "%" or "+":
                LearnPair(node.Parts[0], node.Parts[1], plain: _file.Text(node.Marks[0]) is "//" or "/" or "**" or "<<" or ">>");
                break;
            case ExpressionKind.Compare when _file.Text(node.Marks[0]) is "<" or "<=" or ">" or ">=":
                LearnPair(node.Parts[0], node.Parts[1], plain: false);
                break;
            case ExpressionKind.Subscript:
                Note(node.Parts[0], node.Parts[1].Kind == ExpressionKind.Slice ? Shape.Series : Shape.Unknown);
                break;
            case ExpressionKind.Attribute when Methods.TryGetValue(_file.Text(node.Marks[0]), out var shape):
                Note(node.Parts[0], shape);
                break;
            case ExpressionKind.Attribute when node.Parent is not { Kind: ExpressionKind.Call } call || call.Parts[0] != node:
                Note(node.Parts[0], Shape.Object);
                break;
            case ExpressionKind.Call when node.Parts[0].Kind == ExpressionKind.Name:
                LearnCall(node);
                break;
        }
    }

    private void LearnCall(Expression call)
    {
        Note(call.Parts[0], Shape.Function);
        var (callee, arguments) = (_file.Text(call.Parts[0]), call.Parts[1..]);
        foreach (var argument in arguments)
        {
            Note(argument, callee is "range" or "abs" ? Shape.Number : callee is "ord" or "int" ? Shape.Text : Shape.Unknown);
        }
    }

    private void LearnPair(Expression left, Expression right, bool plain)
    {
        var (l, r) = (Of(left), Of(right));
        Note(left, plain || r == Shape.Number ? Shape.Number : Shape.Unknown);
        Note(right, plain || l == Shape.Number ? Shape.Number : Shape.Unknown);
    }

    /// <summary>First knowledge wins: a name is rarely two things, and what it is made of tells more than what it meets.</summary>
    private void Note(Expression node, Shape shape)
    {
        if (node.Kind == ExpressionKind.Name && shape != Shape.Unknown && _names.TryGetValue(_file.Text(node), out var bound)
            && bound.Shape == Shape.Unknown)
        {
            bound.Shape = shape;
        }
    }

    private Shape Of(Expression node) => ShapeReader.Read(_file, node, ShapeOf);
}
