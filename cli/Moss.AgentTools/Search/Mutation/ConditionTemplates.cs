using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>A condition that is turned round, too weak, too strong or another one.</summary>
internal static class ConditionTemplates
{
    private const string Name = "condition";

    public static IEnumerable<Proposal> Propose(Site site)
    {
        var decides = site.IsCondition || IsDecidingConstant(site) || IsReturnedTruth(site);
        return [.. Dropped(site), .. decides ? Decided(site) : []];
    }

    private static IEnumerable<Proposal> Dropped(Site site)
    {
        if (site.Kind is ExpressionKind.And or ExpressionKind.Or)
        {
            for (var i = 0; i < site.Node.Parts.Length; i++)
            {
                var rest = site.Node.Parts.RemoveAt(i);
                var word = site.Kind == ExpressionKind.And ? " and " : " or ";
                var binding = rest.Length == 1 ? Site.BindingOf(rest[0]) : Site.BindingOf(site.Node);
                yield return site.Replace(string.Join(word, rest.Select(site.File.Text)), binding, Name, 1.5);
            }
        }

        if (site.Kind == ExpressionKind.Not)
        {
            yield return site.Replace(site.File.Text(site.Node.Parts[0]), Site.BindingOf(site.Node.Parts[0]), Name, 1.4);
        }
    }

    /// <summary>True or False where a condition could have been computed.</summary>
    private static bool IsDecidingConstant(Site site) =>
        site.Kind == ExpressionKind.Constant && site.Text is "True" or "False" && site.IsWhole && site.Statement.Word is "return" or "assign" && site.Node.Parent is null;

    private static bool IsReturnedTruth(Site site) =>
        site.Statement.Word == "return" && site.Node.Parent is null && site.Kind != ExpressionKind.Constant && site.Shape == Shape.Truth;

    private static IEnumerable<Proposal> Decided(Site site)
    {
        var pool = ConditionPool.At(site.File, site.Scopes, site.Statement, site.Visible);
        if (site.Kind == ExpressionKind.Constant)
        {
            var cost = site.Statement.Word == "while" ? 1.3 : 1.8;
            return pool.Select(c => site.Replace(c.Text, c.Binding, Name, cost + c.Cost));
        }

        return [.. Negated(site), .. pool.Where(c => c.Text != site.Text).SelectMany(c => Combined(site, c))];
    }

    private static IEnumerable<Proposal> Negated(Site site)
    {
        if (site.Kind is not (ExpressionKind.Not or ExpressionKind.Compare))
        {
            var bare = Site.BindingOf(site.Node) >= Binding.Compare;
            yield return site.Replace(bare ? $"not {site.Text}" : $"not ({site.Text})", Binding.Not, Name, 1.5);
        }
    }

    private static IEnumerable<Proposal> Combined(Site site, Condition added)
    {
        yield return site.Replace(Join(site, added, "or", Binding.Or), Binding.Or, Name, 1.8 + added.Cost);
        yield return site.Replace(Join(site, added, "and", Binding.And), Binding.And, Name, 1.8 + added.Cost);
        yield return site.Replace(added.Text, added.Binding, Name, 2.0 + added.Cost);
    }

    private static string Join(Site site, Condition added, string word, Binding binding)
    {
        var own = Site.BindingOf(site.Node) < binding ? $"({site.Text})" : site.Text;
        var other = added.Binding < binding ? $"({added.Text})" : added.Text;
        return added.Guards ? $"{other} {word} {own}" : $"{own} {word} {other}";
    }
}
