using Moss.AgentChecks.Checks;
using Moss.CodingAgents.Providers;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Checks;

public sealed class AgentCheckTests
{
    public static TheoryData<string> Checks => [.. AgentCheck.All.Select(check => check.Name)];

    public static TheoryData<string> Agents => [.. Catalog.Names];

    [Theory]
    [MemberData(nameof(Checks))]
    public void Every_check_of_the_bench_is_a_test_of_every_agent(string name)
    {
        var tests = SourceTree.Read("tests/Moss.Adapters.Tests/CodingAgents/Providers/AgentConformance.cs");

        tests.ShouldContain(name.StartsWith("model-", StringComparison.Ordinal) ? $"[InlineData({name["model-".Length..]})]" : $"PassesAsync(\"{name}\")");
    }

    [Theory]
    [MemberData(nameof(Agents))]
    public void Every_agent_that_Moss_knows_by_name_can_be_checked(string name) => AgentSubject.Of(name, []).Agent.Name.ShouldBe(name);

    [Fact]
    public void Another_name_is_refused_with_those_that_there_are() =>
        Should.Throw<ArgumentException>(() => AgentSubject.Of("nobody", [])).Message.ShouldContain("use one of anthropic-api, claude, codex");
}
