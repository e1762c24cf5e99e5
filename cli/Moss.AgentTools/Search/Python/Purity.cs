using System.Collections.Frozen;

namespace Moss.AgentTools.Search.Python;

/// <summary>Which expressions can be computed without doing anything else, and quickly.</summary>
internal static class Purity
{
    private static readonly FrozenSet<string> Functions = new[]
    {
        "len", "min", "max", "abs", "sum", "any", "all", "int", "str", "float", "bool", "list", "tuple", "set", "dict", "sorted", "reversed", "range",
        "enumerate", "zip", "round", "ord", "chr", "isinstance", "repr", "divmod",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Methods = new[]
    {
        "get", "keys", "values", "items", "startswith", "endswith", "strip", "lstrip", "rstrip", "lower", "upper", "split", "find", "rfind", "count",
        "index", "isdigit", "isalpha", "isalnum", "join", "issubset", "issuperset", "isdisjoint", "union", "intersection", "difference", "copy",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static bool IsPure(string text)
    {
        var tokens = PythonLexer.Read(text).Where(t => t.Kind is not (TokenKind.NewLine or TokenKind.Comment)).ToList();
        if (tokens.Count == 0)
        {
            return false;
        }

        var parser = new ExpressionParser(text, [.. tokens]);
        var root = parser.ReadList();
        return !parser.Failed && parser.AtEnd && IsPure(text, root);
    }

    public static bool IsPure(string source, Expression root) => root.All().All(node => IsHarmless(source, node));

    private static bool IsHarmless(string text, Expression node) => node.Kind switch
    {
        ExpressionKind.Yield or ExpressionKind.Await or ExpressionKind.Walrus => false,
        ExpressionKind.Binary => node.Marks[0].Read(text) is not ("**" or "<<"),
        ExpressionKind.Text => text[node.Start] is not ('f' or 'F'),
        ExpressionKind.Call => node.Parts[0].Kind switch
        {
            ExpressionKind.Name => Functions.Contains(text[node.Parts[0].Start..node.Parts[0].End]),
            ExpressionKind.Attribute => Methods.Contains(node.Parts[0].Marks[0].Read(text)),
            _ => false,
        },
        _ => true,
    };
}
