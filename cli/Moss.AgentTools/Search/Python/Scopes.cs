namespace Moss.AgentTools.Search.Python;

/// <summary>A name that can be read at a place.</summary>
/// <param name="Name">As written.</param>
/// <param name="Shape">What it seems to be.</param>
/// <param name="Distance">0 the function's own, 1 of a function around it or of a loop that is over, 2 of the top of the file.</param>
internal sealed record VisibleName(string Name, Shape Shape, int Distance);

/// <summary>A function of the file as it can be called.</summary>
internal sealed record KnownFunction(string Name, int Parameters, bool IsMethod);

/// <summary>Which names can be read where, in one file.</summary>
internal sealed class Scopes
{
    private readonly PythonFile _file;
    private readonly NameTable _top;
    private readonly Dictionary<Statement, NameTable> _tables = [];
    private readonly Dictionary<Statement, IReadOnlyList<VisibleName>> _visible = [];

    public Scopes(PythonFile file)
    {
        _file = file;
        _top = new NameTable(file, null);
        Functions = [.. file.All.Where(s => s.Word == "def" && s.Names.Length > 0)
            .Select(s => new KnownFunction(s.Names[0], s.Parameters.Length, s.Parent?.Word == "class"))
            .DistinctBy(f => f.Name)];
        var expressions = file.All.SelectMany(s => s.Expressions).ToList();
        Attributes = [.. expressions
            .Where(e => e.Kind == ExpressionKind.Attribute && !IsCallee(e))
            .Select(e => file.Text(e.Marks[0])).Distinct(StringComparer.Ordinal)];
        BoundInside = expressions.Where(e => e.Kind is ExpressionKind.Comprehension or ExpressionKind.Lambda)
            .SelectMany(Bound).ToHashSet(StringComparer.Ordinal);
    }

    public IReadOnlyList<KnownFunction> Functions { get; }

    /// <summary>Names of attributes that are read in the file and not called.</summary>
    public IReadOnlyList<string> Attributes { get; }

    /// <summary>Names bound by a comprehension or lambda somewhere.</summary>
    private HashSet<string> BoundInside { get; }

    public static bool IsCallee(Expression node) => node.Parent is { Kind: ExpressionKind.Call } call && call.Parts[0] == node;

    public NameTable TableOf(Statement? function)
    {
        if (function is null)
        {
            return _top;
        }

        if (!_tables.TryGetValue(function, out var table))
        {
            _tables[function] = table = new NameTable(_file, function);
        }

        return table;
    }

    /// <summary>Variables that can be read in a statement, nearest first; functions and imports are not among them.</summary>
    public IReadOnlyList<VisibleName> At(Statement statement)
    {
        if (_visible.TryGetValue(statement, out var known))
        {
            return known;
        }

        var found = new List<VisibleName>();
        var distance = 0;
        for (var function = statement.Function; ; function = function.Function, distance = 1)
        {
            var top = function is null;
            foreach (var name in TableOf(function).Names)
            {
                if (found.TrueForAll(f => f.Name != name.Name) && (distance > 0 || IsBound(name, statement)))
                {
                    found.Add(new VisibleName(name.Name, name.Shape, top ? 2 : IsLeftOver(name, statement) ? 1 : distance));
                }
            }

            if (function is null)
            {
                break;
            }
        }

        return _visible[statement] = found;
    }

    /// <summary>As <see cref="At(Statement)"/>, with the variables of the comprehensions and lambdas around a node.</summary>
    public IReadOnlyList<VisibleName> At(Statement statement, Expression node)
    {
        var inner = node.Ancestors()
            .Where(a => a.Kind is ExpressionKind.Comprehension or ExpressionKind.Lambda)
            .SelectMany(a => Bound(a, node))
            .Distinct(StringComparer.Ordinal)
            .Select(name => new VisibleName(name, Shape.Unknown, 0))
            .ToList();
        return inner.Count == 0 ? At(statement) : [.. inner, .. At(statement).Where(v => inner.TrueForAll(i => i.Name != v.Name))];
    }

    /// <summary>True when an expression from elsewhere can be read at a place: no name in it is out of scope there.</summary>
    public bool CanRead(Expression borrowed, Statement statement, IReadOnlyList<VisibleName> visible)
    {
        var inside = borrowed.All().Where(e => e.Kind is ExpressionKind.Comprehension or ExpressionKind.Lambda).SelectMany(Bound).ToHashSet(StringComparer.Ordinal);
        return borrowed.All().Where(e => e.Kind == ExpressionKind.Name).Select(_file.Text).All(name =>
            inside.Contains(name) || visible.Any(v => v.Name == name)
            || (!BoundInside.Contains(name) && !IsLocalSomewhere(name, statement)));
    }

    public Shape ShapeOf(Expression node, Statement statement)
    {
        var visible = At(statement, node);
        return ShapeReader.Read(_file, node, name => visible.FirstOrDefault(v => v.Name == name)?.Shape ?? Shape.Unknown);
    }

    private bool IsLocalSomewhere(string name, Statement statement) =>
        _file.All.Where(s => s.Word == "def").Any(f => TableOf(f).Binds(name)) || TableOf(statement.Function).Binds(name);

    /// <summary>It has a value here: bound before, or bound later in a loop around both.</summary>
    private static bool IsBound(BoundName name, Statement statement) =>
        name.FirstBinding < statement.Start
        || statement.Ancestors().Prepend(statement).TakeWhile(a => a.Word != "def").Any(a => a.Word is "for" or "while" && Spans(a, name.FirstBinding));

    /// <summary>The variable of a loop that is over.</summary>
    private static bool IsLeftOver(BoundName name, Statement statement) =>
        name.Loop is { } loop && loop != statement && !statement.Ancestors().Contains(loop) && loop.Function == statement.Function;

    private static bool Spans(Statement loop, int offset) => loop.Start <= offset && offset < loop.All().Max(s => s.End);

    private IEnumerable<string> Bound(Expression node) => Bound(node, null);

    /// <summary>What a comprehension or lambda binds for a node in it; an iterated expression does not see its own clause.</summary>
    private IEnumerable<string> Bound(Expression binder, Expression? reader)
    {
        if (binder.Kind == ExpressionKind.Lambda)
        {
            return binder.Marks.Select(_file.Text);
        }

        return binder.Parts
            .Where(p => p.Kind == ExpressionKind.ForClause && p.Parts.Length > 0 && (reader is null || reader.Start < p.Start || reader.Start >= p.End))
            .SelectMany(p => NameTable.TargetNames(p.Parts[0]))
            .Select(_file.Text);
    }
}
