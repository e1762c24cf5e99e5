using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>An operand too many or one that is missing.</summary>
internal static class ArithmeticTemplates
{
    private const string Name = "operand";

    public static IEnumerable<Proposal> Propose(Site site)
    {
        if (site.Kind == ExpressionKind.Binary)
        {
            foreach (var part in site.Node.Parts)
            {
                yield return site.Replace(site.File.Text(part), Site.BindingOf(part), Name, 1.6);
            }
        }

        if (!site.IsValue || site.IsCondition || !site.IsVariable || site.Kind is not (ExpressionKind.Name or ExpressionKind.Attribute
                or ExpressionKind.Subscript or ExpressionKind.Call or ExpressionKind.Group or ExpressionKind.List or ExpressionKind.Comprehension)
            || site.Node.Parent is { Kind: ExpressionKind.Attribute or ExpressionKind.Call } above && above.Parts[0] == site.Node)
        {
            yield break;
        }

        var shape = site.Shape;
        foreach (var proposal in shape is Shape.Number or Shape.Unknown ? Numbers(site, shape) : [])
        {
            yield return proposal;
        }

        foreach (var proposal in (shape & Shape.Series) != 0 || shape == Shape.Unknown ? Series(site, shape) : [])
        {
            yield return proposal;
        }
    }

    private static IEnumerable<Proposal> Numbers(Site site, Shape shape)
    {
        var cost = (site.IsWhole ? 2.1 : 2.4) + (shape == Shape.Number ? 0 : 0.5);
        foreach (var name in site.Visible.Where(v => v.Name != site.Text && v.Shape is Shape.Number or Shape.Unknown))
        {
            foreach (var (operation, more) in new[] { ("-", 0.0), ("+", 0.0), ("*", 0.4), ("//", 0.6), ("%", 0.6) })
            {
                yield return site.Replace($"{site.Text} {operation} {name.Name}", Binding.Arithmetic, Name, cost + more + Priors.Choice(Shape.Number, name));
            }
        }

        if (shape == Shape.Number || !site.IsWhole)
        {
            foreach (var scaled in new[] { "** 2", "* 2", "// 2" })
            {
                yield return site.Replace($"{site.Text} {scaled}", Binding.Arithmetic, Name, cost + 0.3);
            }
        }
    }

    private static IEnumerable<Proposal> Series(Site site, Shape shape)
    {
        if (!site.IsWhole)
        {
            yield break;
        }

        foreach (var name in site.Visible.Where(v => v.Name != site.Text && (v.Shape & Shape.Series) != 0))
        {
            var cost = 2.2 + Priors.Choice(shape, name);
            yield return site.Replace($"{name.Name} + {site.Text}", Binding.Arithmetic, Name, cost);
            yield return site.Replace($"{site.Text} + {name.Name}", Binding.Arithmetic, Name, cost);
        }
    }
}
