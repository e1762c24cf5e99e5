using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>Two things in the wrong order: arguments, operands, elements, branches.</summary>
internal static class OrderTemplates
{
    private const string Name = "order";

    public static IEnumerable<Proposal> Propose(Site site) => site.Kind switch
    {
        ExpressionKind.Call => Pairs(site, 1, 1.2, "arguments"),
        ExpressionKind.Tuple or ExpressionKind.List when !site.IsTarget => Pairs(site, 0, 1.6, "elements"),
        ExpressionKind.Tuple => Pairs(site, 0, 2.0, "targets"),
        ExpressionKind.Binary => OfBinary(site),
        ExpressionKind.Ternary => [Swap(site, site.Node.Parts[0], site.Node.Parts[2], 1.8, "branches")],
        _ => [],
    };

    private static IEnumerable<Proposal> Pairs(Site site, int from, double cost, string what)
    {
        var parts = site.Node.Parts;
        for (var i = from; i < parts.Length && parts.Length - from <= 8; i++)
        {
            for (var j = i + 1; j < parts.Length; j++)
            {
                if (parts[i].Kind != ExpressionKind.Keyword && parts[j].Kind is not (ExpressionKind.Keyword or ExpressionKind.Star)
                    && site.File.Text(parts[i]) != site.File.Text(parts[j]))
                {
                    var mismatch = Priors.Mismatch(site.ShapeOf(parts[i]), site.ShapeOf(parts[j])) >= 1 ? 1 : 0;
                    yield return Swap(site, parts[i], parts[j], cost + (j == i + 1 ? 0 : 0.5) + mismatch, what);
                }
            }
        }
    }

    private static IEnumerable<Proposal> OfBinary(Site site)
    {
        var operation = site.File.Text(site.Node.Marks[0]);
        var (left, right) = (site.Node.Parts[0], site.Node.Parts[1]);
        var ordered = operation is "-" or "/" or "//" or "%" or "**" or "<<" or ">>"
            || (operation == "+" && site.Shape != Shape.Number && left.Kind != ExpressionKind.Number && right.Kind != ExpressionKind.Number);
        if (ordered && site.File.Text(left) != site.File.Text(right))
        {
            var both = $"{Operand(site, right)} {operation} {Operand(site, left)}";
            yield return new Proposal(
                [new Edit(site.Node.Start, site.Node.End, both)], Name, operation == "+" ? 1.5 : 1.3, $"use '{both}' instead of '{site.Text}'")
            {
                Value = site.Value(both),
            };
        }
    }

    private static string Operand(Site site, Expression part) =>
        part.Kind is ExpressionKind.Binary or ExpressionKind.Sign ? $"({site.File.Text(part)})" : site.File.Text(part);

    private static Proposal Swap(Site site, Expression first, Expression second, double cost, string what)
    {
        var (one, other) = (site.File.Text(first), site.File.Text(second));
        return new Proposal(
            [new Edit(first.Start, first.End, other), new Edit(second.Start, second.End, one)],
            Name, cost, $"swap the {what} '{one}' and '{other}'");
    }
}
