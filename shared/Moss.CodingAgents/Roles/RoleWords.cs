using System.Collections.Immutable;

namespace Moss.CodingAgents.Roles;

/// <summary>The words for roles in <c>moss.yaml</c>, prompts and command lines.</summary>
public static class RoleWords
{
    private static readonly ImmutableSortedDictionary<Role, string> Words = new Dictionary<Role, string>
    {
        [Role.Locate] = "locate",
        [Role.Plan] = "plan",
        [Role.ReviewPlan] = "review-plan",
        [Role.Implement] = "implement",
        [Role.ReviewCode] = "review-code",
        [Role.ProposeVerdict] = "propose-verdict",
    }.ToImmutableSortedDictionary();

    /// <summary>Kebab case.</summary>
    public static string Word(this Role role) => Words[role];
}
