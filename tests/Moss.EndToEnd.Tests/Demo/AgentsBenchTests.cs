using System.Text.Json;

namespace Moss.EndToEnd.Tests.Demo;

/// <summary>The command that puts coding agents to their checks, with the one that is a part of Moss.</summary>
[Collection(OneMoss.Name)]
public sealed class AgentsBenchTests
{
    [Fact]
    public async Task An_agent_is_put_to_every_check_and_its_overhead_is_measured()
    {
        using var home = new LauncherHome();
        home.Settings["MOSS_AGENTS"] = home.Data;

        var (code, output, error) = await home.RunAsync(
            TimeSpan.FromMinutes(5), "bench", "agents", "--agent", "openai-api", "--agent", "codex", "--runs", "1", "--json");

        output.ShouldStartWith("{", customMessage: error);
        var agents = JsonDocument.Parse(output).RootElement.GetProperty("agents").EnumerateArray().ToList();
        agents.Select(agent => agent.GetProperty("name").GetString()).ShouldBe(["openai-api", "codex"]);
        agents[0].TryGetProperty("failures", out var failures).ShouldBeFalse(failures.ToString());
        agents[0].GetProperty("conforms").GetBoolean().ShouldBeTrue();
        agents[0].GetProperty("version").GetString().ShouldBe("part of Moss");
        agents[0].GetProperty("checks").EnumerateObject().Count(check => check.Value.GetBoolean()).ShouldBe(16);
        agents[0].GetProperty("overheadSeconds").GetDouble().ShouldBe(
            agents[0].GetProperty("mossSeconds").GetDouble() - agents[0].GetProperty("bareSeconds").GetDouble(), tolerance: 0.0011);

        agents[1].GetProperty("conforms").GetBoolean().ShouldBeFalse("it is not installed there");
        agents[1].GetProperty("install").GetString().ShouldBe("scripts/install-agents");
        agents[1].GetProperty("overheadSeconds").ValueKind.ShouldBe(JsonValueKind.Null);
        code.ShouldBe(1);
    }
}
