using System.Collections.Immutable;
using Moss.CodingAgents;
using Moss.CodingAgents.Cases;
using Moss.Substrates;

namespace Moss.Adapters.Tests.CodingAgents;

public sealed class AgentOrderTests
{
    [Theory]
    [InlineData("claude", "", "", Role.Implement, "claude")]
    [InlineData("claude", "", "codex search", Role.Implement, "claude codex search")]
    [InlineData("claude", "implement=codex", "codex claude", Role.Implement, "codex claude")]
    [InlineData("claude", "", "codex", Role.ReviewCode, "codex claude")]
    [InlineData("claude", "", "codex", Role.ReviewPlan, "codex claude")]
    [InlineData("claude", "implement=codex", "", Role.ReviewCode, "claude codex")]
    [InlineData("claude", "locate=codex", "", Role.ReviewCode, "codex claude")]
    [InlineData("claude", "review-code=claude", "codex", Role.ReviewCode, "claude codex")]
    [InlineData("claude", "", "search", Role.ReviewCode, "claude search")]
    [InlineData("search", "", "", Role.ReviewCode, "search")]
    [InlineData("search", "", "claude", Role.ReviewCode, "search claude")]
    [InlineData("claude", "", "", Role.ReviewCode, "claude")]
    public void A_review_goes_to_another_than_the_author_and_everything_else_as_it_is_written(
        string first, string roles, string fallback, Role role, string order)
    {
        var choice = new AgentChoice
        {
            Default = first,
            Roles = roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=')).ToImmutableSortedDictionary(entry => entry[0], entry => entry[1]),
            Fallback = [.. fallback.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
        };

        string.Join(' ', AgentOrder.Of(choice, role)).ShouldBe(order);
    }
}
