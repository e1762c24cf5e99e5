using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>The wrong function, a call too many, a missing call, a missing argument.</summary>
internal static class CallTemplates
{
    private const string Name = "call";

    private static readonly string[][] Families =
    [
        ["any", "all"], ["min", "max"], ["list", "tuple", "sorted", "reversed"], ["int", "float", "round", "abs", "str"], ["len", "sum", "max", "min"],
        ["append", "extend", "insert"], ["add", "discard", "remove", "update"], ["pop", "popleft"], ["append", "appendleft"], ["keys", "values", "items"],
        ["startswith", "endswith"], ["lower", "upper"], ["find", "rfind", "index", "rindex"], ["strip", "lstrip", "rstrip"],
        ["issubset", "issuperset", "isdisjoint"], ["union", "intersection", "difference"], ["get", "pop", "setdefault"], ["floor", "ceil"],
    ];

    public static IEnumerable<Proposal> Propose(Site site)
    {
        if (site.Kind == ExpressionKind.Call)
        {
            return [.. OtherFunction(site), .. Unwrapped(site), .. Arguments(site), .. Wrapped(site)];
        }

        return Wrapped(site);
    }

    private static IEnumerable<Proposal> OtherFunction(Site site)
    {
        var callee = site.Node.Parts[0];
        if (callee.Kind is not (ExpressionKind.Name or ExpressionKind.Attribute))
        {
            yield break;
        }

        var (start, name) = callee.Kind == ExpressionKind.Name
            ? (callee.Start, site.File.Text(callee))
            : (callee.Marks[0].Start, site.File.Text(callee.Marks[0]));
        foreach (var other in Families.Where(f => f.Contains(name)).SelectMany(f => f).Distinct(StringComparer.Ordinal).Where(o => o != name))
        {
            yield return Renamed(start, callee.End, name, other, 1.3);
        }

        var arguments = site.Node.Parts.Length - 1;
        foreach (var other in site.Scopes.Functions.Where(f => f.Name != name && f.IsMethod == (callee.Kind == ExpressionKind.Attribute)))
        {
            var fits = other.Parameters - (other.IsMethod ? 1 : 0) == arguments;
            yield return Renamed(start, callee.End, name, other.Name, fits ? 1.6 : 2.6);
        }
    }

    private static Proposal Renamed(int start, int end, string name, string other, double cost) =>
        new([new Edit(start, end, other)], Name, cost, $"call '{other}' instead of '{name}'");

    private static IEnumerable<Proposal> Unwrapped(Site site)
    {
        foreach (var argument in site.Node.Parts.Skip(1).Where(a => a.Kind is not (ExpressionKind.Keyword or ExpressionKind.Star)))
        {
            var text = site.File.Text(argument);
            var bare = argument.Kind == ExpressionKind.Comprehension && text[0] is not ('(' or '[' or '{') ? $"({text})" : text;
            yield return site.Replace(bare, Site.BindingOf(argument), Name, site.Node.Parts.Length == 2 ? 1.5 : 2.0);
        }

        if (site.Node.Parts[0].Kind == ExpressionKind.Attribute)
        {
            yield return site.Replace(site.File.Text(site.Node.Parts[0].Parts[0]), Binding.Atom, Name, 2.2);
        }
    }

    private static IEnumerable<Proposal> Arguments(Site site)
    {
        var callee = site.File.Text(site.Node.Parts[0]);
        var given = site.Node.Parts.Length - 1;
        if (site.Scopes.Functions.FirstOrDefault(f => f.Name == callee) is { } function && given < function.Parameters)
        {
            foreach (var name in site.Visible)
            {
                var edit = Edit.Insert(site.Node.End - 1, (given == 0 ? "" : ", ") + name.Name);
                yield return new Proposal([edit], Name, 2.0 + Priors.Distance(name), $"pass '{name.Name}' to {callee}()");
            }
        }

        for (var i = 1; i <= given && given > 1; i++)
        {
            var (start, end) = i == 1
                ? (site.Node.Parts[1].Start, site.Node.Parts[2].Start)
                : (site.Node.Parts[i - 1].End, site.Node.Parts[i].End);
            yield return new Proposal([new Edit(start, end, "")], Name, 2.4, $"do not pass '{site.File.Text(site.Node.Parts[i])}' to {callee}()");
        }
    }

    private static IEnumerable<Proposal> Wrapped(Site site)
    {
        if (!site.IsValue || !site.IsWhole || !site.IsVariable || site.IsCondition || site.Statement.IsDocumentation
            || (site.Statement.Word == "expression" && site.Node.Parent is null)
            || site.Kind is ExpressionKind.Lambda or ExpressionKind.Tuple or ExpressionKind.Constant or ExpressionKind.Group)
        {
            yield break;
        }

        var shape = site.Shape;
        foreach (var function in site.Scopes.Functions.Where(f => f.Parameters == 1 && !f.IsMethod && !site.Text.StartsWith(f.Name + "(", StringComparison.Ordinal)))
        {
            yield return site.Replace($"{function.Name}({site.Text})", Binding.Atom, Name, 2.2);
        }

        foreach (var (function, cost) in Builtins(shape).Where(b => !site.Text.StartsWith(b.Function + "(", StringComparison.Ordinal)))
        {
            yield return site.Replace($"{function}({site.Text})", Binding.Atom, Name, cost);
        }

        foreach (var proposal in shape is Shape.Number or Shape.Unknown && site.Kind != ExpressionKind.Number ? Clamped(site, shape) : [])
        {
            yield return proposal;
        }
    }

    private static IEnumerable<(string Function, double Cost)> Builtins(Shape shape) => shape switch
    {
        Shape.Number => [("abs", 2.6), ("int", 2.6), ("str", 2.8)],
        Shape.Text => [("len", 2.6), ("int", 2.8), ("list", 2.8), ("reversed", 2.8)],
        Shape.List or Shape.Series => [("list", 2.4), ("reversed", 2.4), ("sorted", 2.4), ("len", 2.6), ("set", 2.6), ("tuple", 2.8), ("enumerate", 2.8)],
        Shape.Set or Shape.Dictionary => [("list", 2.5), ("sorted", 2.5), ("len", 2.6), ("dict", 2.7), ("set", 2.7)],
        Shape.Unknown => [("list", 2.8), ("len", 2.9), ("str", 3.0), ("int", 3.0), ("sorted", 3.0), ("dict", 3.0)],
        _ => [],
    };

    /// <summary><c>max(x, …)</c> and <c>min(x, …)</c>: a bound that is missing.</summary>
    private static IEnumerable<Proposal> Clamped(Site site, Shape shape)
    {
        var own = site.Statement is { Word: "assign", Roots.Length: 2 } && site.Node.Parent is null ? site.File.Text(site.Statement.Roots[0]) : "";
        var unsure = shape == Shape.Number ? 0 : 0.5;
        var bounds = site.Visible
            .Where(v => v.Name != site.Text && v.Shape is Shape.Number or Shape.Unknown)
            .Select(v => (v.Name, Cost: (v.Name == own ? 1.9 : 2.5 + Priors.Choice(Shape.Number, v)) + unsure))
            .Append(("0", 2.0 + unsure));
        foreach (var (bound, cost) in bounds)
        {
            yield return site.Replace($"max({bound}, {site.Text})", Binding.Atom, Name, cost + (own.Length == 0 ? 0.4 : 0));
            yield return site.Replace($"min({bound}, {site.Text})", Binding.Atom, Name, cost + (own.Length == 0 ? 0.4 : 0));
        }
    }
}
