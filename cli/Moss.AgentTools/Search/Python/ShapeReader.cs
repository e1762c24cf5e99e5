namespace Moss.AgentTools.Search.Python;

/// <summary>Guesses the shape of an expression, with what is known of the names in it.</summary>
internal static class ShapeReader
{
    public static Shape Read(PythonFile file, Expression node, Func<string, Shape> nameShape)
    {
        Shape Of(Expression part) => Read(file, part, nameShape);

        return node.Kind switch
        {
            ExpressionKind.Number => Shape.Number,
            ExpressionKind.Text => Shape.Text,
            ExpressionKind.List => Shape.List,
            ExpressionKind.Set => Shape.Set,
            ExpressionKind.Dictionary => Shape.Dictionary,
            ExpressionKind.Comprehension => OfComprehension(file, node),
            ExpressionKind.Constant => Keywords.IsConstant(file.Text(node)) && file.Text(node) != "None" ? Shape.Truth : Shape.Unknown,
            ExpressionKind.Name => nameShape(file.Text(node)),
            ExpressionKind.Compare or ExpressionKind.Not => Shape.Truth,
            ExpressionKind.And or ExpressionKind.Or => Of(node.Parts[^1]),
            ExpressionKind.Group or ExpressionKind.Ternary or ExpressionKind.Await => node.Parts.Length > 0 ? Of(node.Parts[0]) : Shape.Unknown,
            ExpressionKind.Sign => Shape.Number,
            ExpressionKind.Lambda => Shape.Function,
            ExpressionKind.Binary => OfBinary(file.Text(node.Marks[0]), Of(node.Parts[0]), Of(node.Parts[1])),
            ExpressionKind.Subscript => node.Parts[1].Kind == ExpressionKind.Slice ? Of(node.Parts[0])
                : Of(node.Parts[0]) == Shape.Text ? Shape.Text
                : Shape.Unknown,
            ExpressionKind.Call => OfCall(file, node, nameShape),
            _ => Shape.Unknown,
        };
    }

    /// <summary>By the outermost word of a type; one of the file's own is an object.</summary>
    public static Shape OfAnnotation(string annotation)
    {
        var word = annotation.Trim('"', '\'', ' ').Split('[', ' ', '|')[0].Split('.')[^1];
        return word switch
        {
            "" or "Any" or "object" or "Optional" or "Union" or "None" => Shape.Unknown,
            "int" or "float" or "Decimal" => Shape.Number,
            "str" or "bytes" => Shape.Text,
            "bool" => Shape.Truth,
            "list" or "List" or "tuple" or "Tuple" or "Sequence" or "Iterable" or "Iterator" or "deque" => Shape.List,
            "set" or "Set" or "frozenset" or "FrozenSet" => Shape.Set,
            "dict" or "Dict" or "Mapping" or "MutableMapping" or "defaultdict" or "Counter" => Shape.Dictionary,
            "Callable" => Shape.Function,
            _ => char.IsUpper(word[0]) ? Shape.Object : Shape.Unknown,
        };
    }

    private static Shape OfComprehension(PythonFile file, Expression node) => file.Source.Text[node.Start] switch
    {
        '{' => node.Parts.Length > 2 && node.Parts[1].Kind is not (ExpressionKind.ForClause or ExpressionKind.IfClause)
            ? Shape.Dictionary
            : Shape.Set,
        _ => Shape.List,
    };

    private static Shape OfBinary(string operation, Shape left, Shape right) => operation switch
    {
        "+" => left != Shape.Unknown ? left : right,
        "*" => ((left | right) & Shape.Series) != 0 ? (left | right) & Shape.Series : left | right,
        "%" when left == Shape.Text => Shape.Text,
        "-" or "&" or "|" or "^" => left != Shape.Unknown ? left : right != Shape.Unknown ? right : Shape.Number,
        _ => Shape.Number,
    };

    private static Shape OfCall(PythonFile file, Expression call, Func<string, Shape> nameShape)
    {
        var callee = call.Parts[0];
        if (callee.Kind == ExpressionKind.Attribute)
        {
            return file.Text(callee.Marks[0]) switch
            {
                "join" or "strip" or "upper" or "lower" or "replace" or "format" or "lstrip" or "rstrip" => Shape.Text,
                "split" or "splitlines" => Shape.List,
                "find" or "rfind" or "index" or "count" => Shape.Number,
                "startswith" or "endswith" or "isdigit" or "issubset" or "issuperset" => Shape.Truth,
                _ => Shape.Unknown,
            };
        }

        return file.Text(callee) switch
        {
            "len" or "int" or "float" or "abs" or "sum" or "ord" or "round" => Shape.Number,
            "list" or "sorted" or "range" or "reversed" or "deque" or "tuple" or "zip" or "map" or "filter" => Shape.List,
            "set" or "frozenset" => Shape.Set,
            "dict" or "defaultdict" or "Counter" or "OrderedDict" => Shape.Dictionary,
            "str" or "repr" or "chr" => Shape.Text,
            "any" or "all" or "bool" or "isinstance" or "callable" or "hasattr" => Shape.Truth,
            "min" or "max" => call.Parts.Length > 2 ? Read(file, call.Parts[1], nameShape) | Read(file, call.Parts[2], nameShape) : Shape.Unknown,
            _ => Shape.Unknown,
        };
    }
}
