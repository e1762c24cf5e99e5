using System.Globalization;
using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>Another constant, and values that are one too small or too large.</summary>
internal static class ConstantTemplates
{
    private const string Name = "constant";

    public static IEnumerable<Proposal> Propose(Site site) => site.Kind switch
    {
        ExpressionKind.Number => OfNumber(site),
        ExpressionKind.Constant => OfConstant(site),
        ExpressionKind.List when site.Node.Parts.Length == 0 => OfEmptyList(site),
        ExpressionKind.Text => OfText(site),
        ExpressionKind.Name or ExpressionKind.Attribute or ExpressionKind.Subscript or ExpressionKind.Call or ExpressionKind.Binary
            or ExpressionKind.Group => OffByOne(site),
        _ => [],
    };

    private static IEnumerable<Proposal> OfNumber(Site site)
    {
        if (!long.TryParse(site.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            yield break;
        }

        foreach (var (other, cost) in new[] { (value + 1, 1.2), (value - 1, 1.2), (0L, 1.6), (1L, 1.6), (2L, 2.2), (-1L, 2.2), (-value, 2.2) }
            .Where(o => o.Item1 != value)
            .DistinctBy(o => o.Item1))
        {
            var text = other.ToString(CultureInfo.InvariantCulture);
            yield return site.Replace(text, other < 0 ? Binding.Arithmetic : Binding.Atom, Name, cost);
        }

        foreach (var name in site.Visible.Where(v => v.Shape is Shape.Number or Shape.Unknown))
        {
            yield return site.Replace(name.Name, Binding.Atom, Name, 2.0 + Priors.Choice(Shape.Number, name));
        }
    }

    private static IEnumerable<Proposal> OfConstant(Site site)
    {
        var (same, opposite) = site.Text switch
        {
            "True" => (true, "False"),
            "False" => (true, "True"),
            _ => (false, ""),
        };
        if (same)
        {
            yield return site.Replace(opposite, Binding.Atom, Name, 1.2);
        }

        foreach (var name in site.Visible.Where(_ => site.IsWhole && !site.IsCondition))
        {
            yield return site.Replace(name.Name, Binding.Atom, Name, 2.1 + Priors.Choice(same ? Shape.Truth : Shape.Unknown, name));
        }
    }

    private static IEnumerable<Proposal> OfEmptyList(Site site)
    {
        yield return site.Replace("[[]]", Binding.Atom, Name, 1.7);
        foreach (var name in site.Visible)
        {
            yield return site.Replace($"[{name.Name}]", Binding.Atom, Name, 1.8 + Priors.Distance(name) + ((name.Shape & Shape.Container) != 0 ? 0.4 : 0));
            yield return site.Replace(name.Name, Binding.Atom, Name, 2.0 + Priors.Choice(Shape.List, name));
        }
    }

    private static IEnumerable<Proposal> OfText(Site site)
    {
        if (site.Statement.IsDocumentation)
        {
            return [];
        }

        var function = site.Statement.Function;
        return site.File.All
            .Where(s => s.Function == function && !s.IsDocumentation)
            .SelectMany(s => s.Expressions)
            .Where(e => e.Kind == ExpressionKind.Text)
            .Select(site.File.Text)
            .Distinct(StringComparer.Ordinal)
            .Where(other => other != site.Text)
            .Select(other => site.Replace(other, Binding.Atom, Name, 2.2));
    }

    private static IEnumerable<Proposal> OffByOne(Site site)
    {
        if (!site.IsValue || site.IsCondition || EndsInOne(site) || !site.IsVariable)
        {
            yield break;
        }

        var shape = site.Shape;
        if (shape is not (Shape.Number or Shape.Unknown) || (shape == Shape.Unknown && site.Kind is ExpressionKind.Binary or ExpressionKind.Group))
        {
            yield break;
        }

        var cost = (IsBoundOrIndex(site) ? 1.4 : site.IsWhole && IsArgument(site) ? 1.6 : 2.1) + (shape == Shape.Number ? 0 : site.Kind == ExpressionKind.Call ? 1.2 : 0.6);
        yield return site.Replace($"{site.Text} + 1", Binding.Arithmetic, "off-by-one", cost);
        yield return site.Replace($"{site.Text} - 1", Binding.Arithmetic, "off-by-one", cost);
    }

    private static bool IsArgument(Site site) => site.Node.Parent is { Kind: ExpressionKind.Call };

    /// <summary>In <c>x[…]</c>, <c>x[a:b]</c> or <c>range(…)</c>.</summary>
    private static bool IsBoundOrIndex(Site site) => site.Node.Parent is { } parent
        && (parent.Kind == ExpressionKind.Slice
            || (parent.Kind == ExpressionKind.Subscript && parent.Parts[1] == site.Node)
            || (parent.Kind == ExpressionKind.Call && site.File.Text(parent.Parts[0]) == "range"));

    /// <summary>The constant in it is changed instead.</summary>
    private static bool EndsInOne(Site site) =>
        site.Kind == ExpressionKind.Binary && site.Node.Parts.Any(p => p.Kind == ExpressionKind.Number) && site.File.Text(site.Node.Marks[0]) is "+" or "-";
}
