using Moss.AgentTools.Search.Python;

namespace Moss.AgentTools.Search.Mutation;

/// <summary>The wrong variable or attribute.</summary>
internal static class NameTemplates
{
    private const string Name = "name";

    /// <summary>Nobody confuses these with another variable.</summary>
    private const double ForReceiver = 1.2;

    /// <summary>What a name loses that was made from the one in use: a list sorted, filtered or copied, and then forgotten.</summary>
    private const double ForMadeFromIt = 0.5;

    public static IEnumerable<Proposal> Propose(Site site) => site.Kind switch
    {
        ExpressionKind.Name when !site.IsCallee => OfName(site),
        ExpressionKind.Attribute when !site.IsCallee => OfAttribute(site),
        _ => [],
    };

    private static IEnumerable<Proposal> OfName(Site site)
    {
        var own = site.Visible.FirstOrDefault(v => v.Name == site.Text)?.Shape ?? Shape.Unknown;
        var cost = (site.IsTarget ? 2.0 : 1.3) + (IsReceiver(site.Text) ? ForReceiver : 0);
        var derived = site.IsTarget ? [] : DataFlow.MadeFrom(site.File, site.Statement, site.Text);
        return site.Visible
            .Where(v => v.Name != site.Text)
            .Select(v => site.Replace(
                v.Name, Binding.Atom, Name,
                cost + Priors.Choice(own, v) + (IsReceiver(v.Name) ? ForReceiver : 0) - (derived.Contains(v.Name) ? ForMadeFromIt : 0)));
    }

    private static bool IsReceiver(string name) => name is "self" or "cls";

    private static IEnumerable<Proposal> OfAttribute(Site site)
    {
        var target = site.File.Text(site.Node.Parts[0]);
        var name = site.File.Text(site.Node.Marks[0]);
        return site.Scopes.Attributes
            .Where(other => other != name)
            .Select(other => site.Replace($"{target}.{other}", Binding.Atom, Name, site.IsTarget ? 1.9 : 1.4));
    }
}
