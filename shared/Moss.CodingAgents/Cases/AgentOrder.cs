using System.Collections.Immutable;
using Moss.CodingAgents.Roles;
using Moss.CodingAgents.Search;
using Moss.Substrates;

namespace Moss.CodingAgents.Cases;

/// <summary>Who is asked to play a role, and who instead.</summary>
public static class AgentOrder
{
    /// <summary>It finds changes by trying; its approval of another's work would mean nothing.</summary>
    private const string WithoutModel = SearchCodingAgent.Word;

    /// <summary>
    /// Names, the first choice first, each once. Who is chosen for a role by name is the first; a review for which nobody is goes to another
    /// agent than the author's where there is one.
    /// </summary>
    public static ImmutableArray<string> Of(AgentChoice choice, Role role)
    {
        var first = choice.For(role.Word());
        string[] order = [first, .. choice.Fallback];
        return role switch
        {
            Role.ReviewPlan when !choice.Roles.ContainsKey(role.Word()) => Reviewers(choice, order, choice.For(Role.Plan.Word())),
            Role.ReviewCode when !choice.Roles.ContainsKey(role.Word()) => Reviewers(choice, order, choice.For(Role.Implement.Word())),
            _ => [.. order.Distinct(StringComparer.Ordinal)],
        };
    }

    private static ImmutableArray<string> Reviewers(AgentChoice choice, string[] order, string author)
    {
        var others = order.Concat(choice.Roles.Values).Where(name => name != author && name != WithoutModel);
        return author == WithoutModel
            ? [.. order.Distinct(StringComparer.Ordinal)]
            : [.. others.Append(author).Concat(order).Distinct(StringComparer.Ordinal)];
    }
}
