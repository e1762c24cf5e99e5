using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A part instead of the whole, or the whole instead of a part: attributes, indices, slices.</summary>
internal static class AccessTemplates
{
    private const string Name = "access";

    private static readonly string[] Ends = ["0", "-1"];

    public static IEnumerable<Proposal> Propose(Site site)
    {
        if (!site.IsValue || !site.IsVariable)
        {
            return [];
        }

        return site.Kind switch
        {
            ExpressionKind.Attribute => [Whole(site, 1.8), .. Attributes(site, 2.6)],
            ExpressionKind.Subscript when site.Node.Parts[1].Kind == ExpressionKind.Slice => [Whole(site, 1.6), .. Mirrored(site)],
            ExpressionKind.Subscript => [Whole(site, 2.0)],
            ExpressionKind.Name => [.. Attributes(site, 2.0), .. Indices(site), .. Slices(site)],
            _ => [],
        };
    }

    private static Proposal Whole(Site site, double cost) => site.Replace(site.File.Text(site.Node.Parts[0]), Binding.Atom, Name, cost);

    private static IEnumerable<Proposal> Attributes(Site site, double cost)
    {
        var shape = site.Shape;
        return site.Node.Parent is { Kind: ExpressionKind.Attribute } || shape is not (Shape.Object or Shape.Unknown)
            ? []
            : site.Scopes.Attributes.Select(name => site.Replace($"{site.Text}.{name}", Binding.Atom, Name, cost + Priors.Mismatch(Shape.Object, shape)));
    }

    private static IEnumerable<Proposal> Indices(Site site)
    {
        var shape = site.Shape;
        if ((shape & (Shape.Series | Shape.Dictionary)) == 0 && shape != Shape.Unknown)
        {
            yield break;
        }

        var unsure = shape == Shape.Unknown ? 0.5 : 0;
        var used = site.File.All
            .Where(s => s.Function == site.Statement.Function)
            .SelectMany(s => s.Expressions)
            .Where(e => e.Kind == ExpressionKind.Subscript && site.File.Text(e.Parts[0]) == site.Text && e.Parts[1].Kind != ExpressionKind.Slice)
            .Where(e => site.Scopes.CanRead(e, site.Statement, site.Visible))
            .Select(e => site.File.Text(e.Parts[1]))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        foreach (var index in used)
        {
            yield return site.Replace($"{site.Text}[{index}]", Binding.Atom, Name, 2.0 + unsure);
        }

        foreach (var index in Ends.Except(used, StringComparer.Ordinal))
        {
            yield return site.Replace($"{site.Text}[{index}]", Binding.Atom, Name, 2.4 + unsure);
        }

        foreach (var name in site.Visible.Where(v => v.Name != site.Text && v.Shape is Shape.Number or Shape.Unknown && !used.Contains(v.Name)))
        {
            yield return site.Replace($"{site.Text}[{name.Name}]", Binding.Atom, Name, 2.4 + unsure + Priors.Choice(Shape.Number, name));
        }
    }

    private static IEnumerable<Proposal> Slices(Site site)
    {
        var shape = site.Shape;
        if ((shape & Shape.Series) == 0 && shape != Shape.Unknown)
        {
            yield break;
        }

        var cost = 2.0 + (shape == Shape.Unknown ? 0.5 : 0);
        foreach (var slice in new[] { "1:", ":-1" })
        {
            yield return site.Replace($"{site.Text}[{slice}]", Binding.Atom, Name, cost + 0.2);
        }

        foreach (var name in site.Visible.Where(v => v.Name != site.Text && v.Shape == Shape.Number))
        {
            yield return site.Replace($"{site.Text}[{name.Name}:]", Binding.Atom, Name, cost + Priors.Distance(name));
            yield return site.Replace($"{site.Text}[:{name.Name}]", Binding.Atom, Name, cost + Priors.Distance(name));
        }
    }

    /// <summary><c>x[a:]</c> for <c>x[:a]</c>, and the other way round.</summary>
    private static IEnumerable<Proposal> Mirrored(Site site)
    {
        var slice = site.Node.Parts[1];
        if (slice.Parts.Length == 1 && slice.Marks.Length == 1)
        {
            var bound = site.File.Text(slice.Parts[0]);
            var after = slice.Parts[0].Start < slice.Marks[0].Start;
            yield return site.Replace($"{site.File.Text(site.Node.Parts[0])}[{(after ? ":" + bound : bound + ":")}]", Binding.Atom, Name, 1.6);
        }
    }
}
