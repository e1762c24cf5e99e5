using System.Text.Json;
using Moss.Cli.Features;
using Moss.Cli.Tests.Running;
using Moss.Testing;

namespace Moss.Cli.Tests.Bench.Agents;

public sealed class AgentsCommandTests
{
    [Fact]
    public async Task An_agent_that_is_not_installed_does_not_conform_and_there_is_a_command_that_installs_it()
    {
        using var checkout = new Checkout();

        var ran = await checkout.RunAsync("bench", "agents", "--agent", "pi", "--agent", "codex", "--agent", "pi", "--json");

        ran.Code.ShouldBe(ExitCodes.DoesNotConform, ran.Output + ran.Error);
        ran.Json.GetProperty("runs").GetInt32().ShouldBe(5);
        var agents = ran.Json.GetProperty("agents").EnumerateArray().ToList();
        agents.Select(agent => agent.GetProperty("name").GetString()).ShouldBe(["pi", "codex"]);
        agents.Select(agent => agent.GetProperty("install").GetString()).ShouldBe(["scripts/install-agents --all", "scripts/install-agents"]);
        agents.ShouldAllBe(agent => !agent.GetProperty("conforms").GetBoolean());
        agents.ShouldAllBe(agent => agent.GetProperty("version").ValueKind == JsonValueKind.Null);
        agents.ShouldAllBe(agent => agent.GetProperty("overheadSeconds").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task The_table_has_it_too()
    {
        using var checkout = new Checkout();

        var ran = await checkout.RunAsync("bench", "agents", "--agent", "pi", "--runs", "2");

        ran.Code.ShouldBe(ExitCodes.DoesNotConform, ran.Error);
        ran.Output.ShouldContain("not installed");
        ran.Output.ShouldContain("pi is not installed: scripts/install-agents --all");
        ran.Output.ShouldContain("medians of 2 runs each");
    }

    [Fact]
    public async Task A_program_that_does_not_run_is_no_result()
    {
        using var checkout = new Checkout(works: false);

        var ran = await checkout.RunAsync("bench", "agents", "--json");

        ran.Code.ShouldBe(ExitCodes.NotReachable, ran.Output);
        ran.Json.GetProperty("error").GetProperty("title").GetString().ShouldBe("the coding agents could not be tried");
    }

    [Fact]
    public async Task Without_the_source_it_cannot_be_done_and_says_so()
    {
        using var folder = new TemporaryFolder();

        var ran = await MossCommand.RunAsync(new Dictionary<string, string> { ["MOSS_HOME"] = folder.Path }, "bench", "agents");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("is no checkout of the source of Moss");
        ran.Error.ShouldContain("fix: clone the repository");
    }
}
