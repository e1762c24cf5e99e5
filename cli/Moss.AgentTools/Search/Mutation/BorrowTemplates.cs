using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>An expression that is used elsewhere in the function, in place of this one.</summary>
internal static class BorrowTemplates
{
    private const string Name = "borrow";

    public static IEnumerable<Proposal> Propose(Site site)
    {
        if (site.Kind is not (ExpressionKind.Name or ExpressionKind.Attribute or ExpressionKind.Subscript or ExpressionKind.Call
                or ExpressionKind.Binary or ExpressionKind.Compare or ExpressionKind.Number)
            || site.IsCallee || (site.IsTarget && site.Statement.Word == "except"))
        {
            return [];
        }

        var target = site.IsTarget;
        var shape = site.Shape;
        return site.File.All
            .Where(s => s.Function == site.Statement.Function && !s.IsDocumentation)
            .SelectMany(s => s.Expressions)
            .Where(e => IsWorthIt(e, site, target))
            .DistinctBy(site.File.Text)
            .Where(e => site.File.Text(e) != site.Text && site.Scopes.CanRead(e, site.Statement, site.Visible))
            .Select(e => site.Replace(site.File.Text(e), Site.BindingOf(e), Name, CostOf(e, site, shape, target)));
    }

    private static bool IsWorthIt(Expression other, Site site, bool target)
    {
        if (Scopes.IsCallee(other) || Contains(other, site.Node) || other.End - other.Start > 60)
        {
            return false;
        }

        return other.Kind switch
        {
            ExpressionKind.Attribute or ExpressionKind.Subscript => true,
            ExpressionKind.Call or ExpressionKind.Binary or ExpressionKind.Compare => !target && (other.Kind == site.Kind || site.IsWhole),
            _ => false,
        };
    }

    private static bool Contains(Expression other, Expression node) => other.Start <= node.Start && node.End <= other.End && other != node;

    private static double CostOf(Expression other, Site site, Shape shape, bool target)
    {
        var alike = other.Kind == site.Kind;
        var kin = alike && other.Parts.Length > 0 && site.Node.Parts.Length > 0
            && site.File.Text(other.Parts[0]) == site.File.Text(site.Node.Parts[0]);
        return (kin ? 1.4 : alike ? 1.7 : 2.3) + (target ? 0.3 : 0) + Priors.Mismatch(shape, site.ShapeOf(other)) * 0.5;
    }
}
