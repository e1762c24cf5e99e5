using System.Text.Json;
using Moss.Cli.Api;
using Moss.Cli.Bench.Agents;
using Moss.Cli.Output;

namespace Moss.Cli.Tests.Bench.Agents;

public sealed class AgentsReportTests
{
    private static readonly AgentRow Good = Read(
        """{"name":"pi","version":"0.73.1","conforms":true,"checks":{"hang":true,"model-401":true},"overheadSeconds":0.412,"bareSeconds":1.1,"mossSeconds":1.512}""");

    private static readonly AgentRow Bad = Read(
        """{"name":"qwen","version":null,"conforms":false,"checks":{"hang":false,"model-401":true},"failures":{"hang":"it never ended","overhead":"it ended with 1"}}""");

    [Fact]
    public void The_document_has_each_agent_with_its_checks_and_overhead()
    {
        var agents = JsonDocument.Parse(JsonSerializer.Serialize(Report(Good, Bad), JsonOutput.Options)).RootElement.GetProperty("agents");

        JsonElement.DeepEquals(agents, JsonDocument.Parse("""
            [
              {"name":"pi","version":"0.73.1","conforms":true,"checks":{"hang":true,"model-401":true},"overheadSeconds":0.412,"bareSeconds":1.1,"mossSeconds":1.512},
              {"name":"qwen","version":null,"conforms":false,"checks":{"hang":false,"model-401":true},"overheadSeconds":null,"bareSeconds":null,"mossSeconds":null,
               "failures":{"hang":"it never ended","overhead":"it ended with 1"}}
            ]
            """).RootElement).ShouldBeTrue(agents.ToString());
    }

    [Fact]
    public void The_table_has_a_row_for_each()
    {
        AgentsText.Row(Good).ShouldBe(["pi", "0.73.1", "yes", "2/2", "1.10 s", "1.51 s", "0.41 s"]);
        AgentsText.Row(Bad).ShouldBe(["qwen", "unknown", "NO", "1/2", "", "", ""]);
        AgentsText.Row(Good).Length.ShouldBe(AgentsText.Columns.Length);
    }

    [Fact]
    public void Below_it_stands_why_an_agent_does_not_conform() => AgentsText.Lines(Report(Good, Bad)).ShouldBe(
        ["qwen: hang: it never ended", "qwen: overhead: it ended with 1", "medians of 3 runs each, 61 s"]);

    [Fact]
    public void Only_who_conforms_and_was_measured_holds()
    {
        Report(Good).Holds.ShouldBeTrue();
        Report(Good, Bad).Holds.ShouldBeFalse();
        Report(Good with { OverheadSeconds = null }).Holds.ShouldBeFalse();
        Report().Holds.ShouldBeFalse("nobody was tried");
    }

    private static AgentsReport Report(params AgentRow[] agents) => new(agents, 3, 61.2);

    private static AgentRow Read(string line) => JsonSerializer.Deserialize<AgentRow>(line, MossClient.Json)!;
}
