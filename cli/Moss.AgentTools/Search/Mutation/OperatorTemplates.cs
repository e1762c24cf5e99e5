using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>Another operator in the same place.</summary>
internal static class OperatorTemplates
{
    private const string Name = "operator";

    private static readonly string[] Arithmetic = ["+", "-", "*", "//", "/", "%", "**"];
    private static readonly string[] Bits = ["&", "|", "^", "<<", ">>"];
    private static readonly string[] Orders = ["<", "<=", ">", ">=", "==", "!="];

    private static readonly Dictionary<string, string[]> Near = new(StringComparer.Ordinal)
    {
        ["+"] = ["-"], ["-"] = ["+"], ["*"] = ["//", "/", "**"], ["//"] = ["/", "%", "*"], ["/"] = ["//", "*"], ["%"] = ["//"],
        ["**"] = ["*"], ["&"] = ["|", "^"], ["|"] = ["&", "^"], ["^"] = ["&", "|"], ["<<"] = [">>"], [">>"] = ["<<"],
    };

    private static readonly Dictionary<string, string> Boundary = new(StringComparer.Ordinal)
    {
        ["<"] = "<=", ["<="] = "<", [">"] = ">=", [">="] = ">",
    };

    private static readonly Dictionary<string, string> Opposite = new(StringComparer.Ordinal)
    {
        ["<"] = ">", [">"] = "<", ["<="] = ">=", [">="] = "<=", ["=="] = "!=", ["!="] = "==",
        ["in"] = "not in", ["not in"] = "in", ["is"] = "is not", ["is not"] = "is",
    };

    public static IEnumerable<Proposal> Propose(Site site) => site.Kind switch
    {
        ExpressionKind.Binary => OfBinary(site),
        ExpressionKind.Compare => site.Node.Marks.SelectMany(mark => OfComparison(site, mark)),
        ExpressionKind.And or ExpressionKind.Or => site.Node.Marks.Select(mark => Change(site, mark, Other(site.Kind), 1.2)),
        ExpressionKind.Sign => [site.Replace(site.File.Text(site.Node.Parts[0]), Site.BindingOf(site.Node.Parts[0]), Name, 1.6)],
        _ => [],
    };

    /// <summary>The operator of an augmented assignment.</summary>
    public static IEnumerable<Proposal> OfAugmented(PythonFile file, Token mark, Shape shape) =>
        Family(file.Text(mark)[..^1], shape).Select(other => Change(file, mark, other.Operator + "=", other.Cost));

    private static IEnumerable<Proposal> OfBinary(Site site)
    {
        var mark = site.Node.Marks[0];
        if (site.Node.Parts.Any(p => (site.ShapeOf(p) & Shape.Text) != 0))
        {
            return [];
        }

        return Family(site.File.Text(mark), site.Shape).Select(other => Change(site, mark, other.Operator, other.Cost));
    }

    private static IEnumerable<(string Operator, double Cost)> Family(string operation, Shape shape)
    {
        if (operation == "+" && (shape & (Shape.Series | Shape.Set | Shape.Dictionary)) != 0)
        {
            yield break;
        }

        var near = Near.GetValueOrDefault(operation, []);
        foreach (var other in Bits.Contains(operation) ? Bits : Arithmetic)
        {
            if (other != operation)
            {
                yield return (other, near.Contains(other) ? 1.0 : 2.0);
            }
        }
    }

    private static IEnumerable<Proposal> OfComparison(Site site, Token mark)
    {
        var operation = site.File.Text(mark);
        if (Boundary.TryGetValue(operation, out var boundary))
        {
            yield return Change(site, mark, boundary, 0.8);
        }

        if (Opposite.TryGetValue(operation, out var opposite))
        {
            yield return Change(site, mark, opposite, 1.2);
        }

        foreach (var other in Orders.Where(o => Orders.Contains(operation) && o != operation && o != boundary && o != opposite))
        {
            yield return Change(site, mark, other, 1.7);
        }
    }

    private static string Other(ExpressionKind kind) => kind == ExpressionKind.And ? "or" : "and";

    private static Proposal Change(Site site, Token mark, string operation, double cost)
    {
        var start = site.Node.Start;
        var text = site.Text[..(mark.Start - start)] + operation + site.Text[(mark.End - start)..];
        return Change(site.File, mark, operation, cost) with { Value = site.Value(text) };
    }

    private static Proposal Change(PythonFile file, Token mark, string operation, double cost) =>
        new([new Edit(mark.Start, mark.End, operation)], Name, cost, $"use '{operation}' instead of '{file.Text(mark)}'");
}
