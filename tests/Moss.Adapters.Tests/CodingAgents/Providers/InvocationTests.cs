using System.Text;
using Moss.CodingAgents;
using Moss.CodingAgents.Providers;
using Moss.CodingAgents.Roles;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Providers;

/// <summary>The command line of every provider for an author and for a reader, as it was tried with the real program.</summary>
public sealed class InvocationTests
{
    public static TheoryData<string, Role> Cases
    {
        get
        {
            var cases = new TheoryData<string, Role>();
            foreach (var name in Catalog.Names)
            {
                cases.Add(name, Role.Implement);
                cases.Add(name, Role.ReviewCode);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_command_line_is_the_one_that_was_tried(string provider, Role role)
    {
        var agent = Catalog.Create(provider, new AgentModel { Upstream = "there", Name = "m-1" })!;
        var invocation = agent.Invoke(Assigned(role));

        var text = new StringBuilder().AppendLine(invocation.Program).AppendJoin('\n', invocation.Arguments.Select(argument => "  " + argument)).AppendLine();
        foreach (var (name, value) in invocation.Environment)
        {
            text.AppendLine($"{name}={value}");
        }

        foreach (var (name, fact) in agent.Capabilities.Model!.Environment)
        {
            text.AppendLine($"{name} <- {fact}");
        }

        foreach (var (name, content) in agent.Capabilities.HomeFiles)
        {
            text.AppendLine($"~/{name}: {content.Trim()}");
        }

        Approval.Verify(text.ToString(), $"{provider}-{role.Word()}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_prompt_is_on_standard_input_and_no_key_is_anywhere(string provider, Role role)
    {
        var agent = Catalog.Create(provider)!;
        var invocation = agent.Invoke(Assigned(role));

        Encoding.UTF8.GetString(invocation.StandardInput.Span).ShouldBe("the prompt");
        invocation.Arguments.ShouldAllBe(argument => !argument.Contains("the prompt", StringComparison.Ordinal));
        invocation.WorkingDirectory.ShouldBe("/work");
        invocation.Timeout.ShouldBe(TimeSpan.FromSeconds(7));
        agent.Capabilities.NeedsNetwork.ShouldBeTrue();
        agent.Capabilities.Model.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("claude", "--resume s-1", "--no-session-persistence")]
    [InlineData("codex", "resume s-1 -", "--ephemeral")]
    [InlineData("gemini", "--resume s-1", null)]
    [InlineData("opencode", "-s s-1", null)]
    [InlineData("pi", "--session s-1", "--no-session")]
    [InlineData("qwen", "--resume s-1", null)]
    public void A_session_is_written_down_where_it_may_be_gone_on_with(string provider, string resumed, string? unwritten)
    {
        var agent = Catalog.Create(provider)!;
        string Line(Assignment assignment) => string.Join(' ', agent.Invoke(assignment).Arguments) + " ";

        Line(Assigned(Role.Implement) with { KeepsSession = true, Session = "s-1" }).ShouldContain($" {resumed} ", Case.Sensitive);
        Line(Assigned(Role.Implement) with { KeepsSession = true }).ShouldNotContain("s-1");
        agent.Capabilities.Memory.ShouldNotBeNull();
        if (unwritten is not null)
        {
            Line(Assigned(Role.Implement)).ShouldContain($" {unwritten} ", Case.Sensitive);
            Line(Assigned(Role.Implement) with { KeepsSession = true }).ShouldNotContain($" {unwritten} ", Case.Sensitive);
        }
    }

    [Fact]
    public void A_substrate_says_which_model_and_where()
    {
        var choice = new AgentChoice
        {
            Default = "codex",
            Models = System.Collections.Immutable.ImmutableSortedDictionary<string, AgentModel>.Empty.Add("codex", new() { Upstream = "own", Name = "o/m:1" }),
        };

        var agent = new CodingAgentRegistry([]).For(choice, Role.Implement).ShouldBeOfType<AgentLookup.Found>().Agent;

        agent.Capabilities.Model!.Upstream.ShouldBe("own");
        agent.Invoke(Assigned(Role.Implement)).Arguments.ShouldContain("o/m:1");
    }

    [Fact]
    public void Without_it_each_asks_its_usual_one() =>
        Catalog.Names.Select(name => $"{name} {Catalog.Create(name)!.Capabilities.Model!.Upstream}").ShouldBe(
            ["anthropic-api anthropic", "claude anthropic", "codex openai", "gemini gemini", "openai-api openai-chat", "opencode openai-chat", "pi openai-chat", "qwen openai-chat"]);

    private static Assignment Assigned(Role role) => new("k", role, "the prompt", RoleCatalog.ReviewPlan.Schema, TimeSpan.FromSeconds(7));
}
