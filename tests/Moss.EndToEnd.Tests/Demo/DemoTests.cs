using System.Text.Json;
using Moss.Testing;
using Moss.Testing.Models;
using Moss.Testing.Models.Scripts;

namespace Moss.EndToEnd.Tests.Demo;

/// <summary>The command that a newcomer runs first, with the agent that needs no model, on the sample.</summary>
[Collection(OneMoss.Name)]
public sealed class DemoTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(12);

    [Fact]
    public async Task The_sample_is_repaired_and_promoted()
    {
        var (code, report) = await RunAsync();

        report.GetProperty("verdict").GetString().ShouldBe("Converged", report.ToString());
        report.GetProperty("baselineMean").GetDouble().ShouldBeLessThanOrEqualTo(0.35);
        report.GetProperty("candidateMean").GetDouble().ShouldBeGreaterThanOrEqualTo(0.75);
        report.GetProperty("promoted").GetBoolean().ShouldBeTrue();
        report.GetProperty("rolledBack").GetBoolean().ShouldBeFalse();
        report.GetProperty("auditOk").GetBoolean().ShouldBeTrue();
        report.GetProperty("stateKept").GetBoolean().ShouldBeTrue();
        report.GetProperty("versionAfter").GetString().ShouldNotBe(report.GetProperty("versionBefore").GetString());
        report.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("name").GetString()).ShouldContain(name => name!.StartsWith("Promote.", StringComparison.Ordinal));
        code.ShouldBe(0);
    }

    [Theory]
    [InlineData("claude", "anthropic", "anthropic", "")]
    [InlineData("codex", "openai", "openai-responses", "/v1")]
    [InlineData("openai-api", "openai-chat", "openai-chat", "/v1")]
    public async Task The_sample_is_repaired_by_a_real_coding_agent_with_a_scripted_model(string agent, string upstream, string protocol, string path)
    {
        await using var model = await StubModel.StartAsync();
        model.Answer = (request, response) => ScriptedModel.AnswerAsync(DeskModel.ScriptOf(request), request, response);
        using var home = new LauncherHome();
        home.Settings[$"Moss__Models__{upstream}__Address"] = model.Address + path;
        home.Settings[$"Moss__Models__{upstream}__Protocol"] = protocol;
        foreach (var (folder, place) in AgentPrograms.FoldersFor(agent).Select((folder, place) => (folder, place)))
        {
            home.Settings[FormattableString.Invariant($"Moss__CodingAgents__ToolFolders__{place}")] = folder;
        }

        var (code, output, error) = await home.RunAsync(Patience, "demo", "--yes", "--json", "--data", home.Data, "--agent", agent);

        output.ShouldStartWith("{", customMessage: error);
        var report = JsonDocument.Parse(output).RootElement;
        report.GetProperty("verdict").GetString().ShouldBe("Converged", report.ToString());
        report.GetProperty("promoted").GetBoolean().ShouldBeTrue();
        report.GetProperty("filesChanged").GetInt32().ShouldBe(4);
        model.Requests.Count.ShouldBeGreaterThanOrEqualTo(7, "six roles, one of them with a tool");
        code.ShouldBe(0);
    }

    private static async Task<(int Code, JsonElement Report)> RunAsync()
    {
        using var home = new LauncherHome();
        var (code, output, error) = await home.RunAsync(Patience, "demo", "--yes", "--json", "--data", home.Data);
        return output.StartsWith('{') ? (code, JsonDocument.Parse(output).RootElement) : throw new InvalidOperationException($"{output}\n{error}");
    }
}
