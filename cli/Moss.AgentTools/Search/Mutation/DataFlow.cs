using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>Which names statements give a value and read, to tell changes that cannot work or change nothing.</summary>
internal static class DataFlow
{
    /// <summary>Names and attributes (as <c>self.x</c>) that a statement or something in it sets.</summary>
    public static HashSet<string> Sets(PythonFile file, Statement statement) =>
    [
        .. statement.All().SelectMany(Targets).SelectMany(t => t.All())
            .Where(e => e.Kind is ExpressionKind.Name or ExpressionKind.Attribute && e.Parent is not { Kind: ExpressionKind.Attribute })
            .Select(file.Text),
    ];

    /// <summary>Names and attributes that it reads.</summary>
    public static HashSet<string> Reads(PythonFile file, Statement statement) =>
    [
        .. statement.All()
            .SelectMany(s => s.Roots.Where(r => s.Word == "augmented" || !Targets(s).Contains(r)).SelectMany(r => r.All()))
            .Where(e => e.Kind is ExpressionKind.Name or ExpressionKind.Attribute)
            .Select(file.Text),
    ];

    /// <summary>Names that the function, before a statement, computed from <paramref name="name"/>.</summary>
    public static HashSet<string> MadeFrom(PythonFile file, Statement statement, string name) =>
    [
        .. file.All
            .Where(s => s.Word == "assign" && s.Function == statement.Function && s.Function is not null && s.End <= statement.Start && Reads(file, s).Contains(name))
            .SelectMany(s => Sets(file, s)),
    ];

    /// <summary>Two neighbours may be exchanged, and then something else happens.</summary>
    public static bool ExchangeMatters(PythonFile file, Statement first, Statement second)
    {
        if (second.Word is "return" or "raise" or "break" or "continue")
        {
            return false;
        }

        var (setsFirst, setsSecond) = (Sets(file, first), Sets(file, second));
        var (readsFirst, readsSecond) = (Reads(file, first), Reads(file, second));
        if (setsFirst.Any(name => readsSecond.Contains(name) && IsFirstSet(file, first, name)))
        {
            return false;
        }

        return setsFirst.Overlaps(readsSecond) || setsFirst.Overlaps(setsSecond) || setsSecond.Overlaps(readsFirst)
            || (Acts(first) && Acts(second));
    }

    /// <summary>Nothing before it gives the name a value, so that it is missing without this statement.</summary>
    public static bool IsFirstSet(PythonFile file, Statement statement, string name) =>
        statement.Function is not { } function || !(function.Parameters.Contains(name)
            || function.Body.SelectMany(s => s.All())
                .Where(s => s != statement && s.Start < statement.Start)
                .Any(s => Targets(s).SelectMany(t => t.All()).Any(e => file.Text(e) == name)));

    private static bool Acts(Statement statement) => statement.All().Any(s =>
        s.Word is "return" or "raise" or "break" or "continue" or "del"
        || s.Expressions.Any(e => e.Kind is ExpressionKind.Call or ExpressionKind.Yield or ExpressionKind.Await));

    private static IEnumerable<Expression> Targets(Statement statement) => statement.Word switch
    {
        "assign" => statement.Roots[..^1],
        "augmented" or "for" => statement.Roots[..1],
        "with" or "except" when statement.Roots.Length > 1 => statement.Roots[1..],
        _ => [],
    };
}
