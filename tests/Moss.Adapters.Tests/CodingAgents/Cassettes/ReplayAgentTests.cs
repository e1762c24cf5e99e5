using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moss.CodingAgents;
using Moss.CodingAgents.Cassettes;
using Moss.CodingAgents.Sessions;
using Moss.Processes;
using Moss.Substrates;
using Moss.Testing;

namespace Moss.Adapters.Tests.CodingAgents.Cassettes;

public sealed class ReplayAgentTests : IDisposable
{
    private static readonly Assignment Review = new("k", Role.ReviewPlan, "the prompt", "{}", TimeSpan.FromSeconds(7));

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_a_program_of_moss_with_no_need_of_a_network()
    {
        var agent = new ReplayCodingAgent("/cassettes");

        (agent.Capabilities.NeedsNetwork, agent.Capabilities.Model, agent.Capabilities.Edits).ShouldBe((false, null, true));
        string.Join(' ', agent.Invoke(Review).Arguments.Prepend(agent.Invoke(Review).Program)).ShouldBe(
            "/moss/dotnet/dotnet /moss/tools/Moss.AgentTools.dll replay --cassette /moss/task/cassette.json --work /work --out /moss/out");
    }

    [Fact]
    public void The_recorded_provider_reads_its_own_events_and_nothing_was_paid()
    {
        var events = SourceTree.Read("tests/Moss.Adapters.Tests/CodingAgents/Providers/Recorded/claude-json.jsonl");

        var report = Read(new ProcessResult.Exited(0) { Output = Header("claude", "claude") + events }).ShouldBeOfType<AgentReport.Finished>();

        report.Json.ShouldContain("\"verdict\":\"approve\"");
        report.Cost.ShouldBe(AgentCost.Nothing);
    }

    [Fact]
    public void A_command_that_took_the_name_of_a_provider_is_read_as_a_command() =>
        Read(new ProcessResult.Exited(0) { Output = Header("claude", "report") + "```json\n{\"a\":1}\n```" }).ShouldBe(new AgentReport.Finished("{\"a\":1}"));

    [Fact]
    public void A_refusal_is_no_failed_round_whatever_the_exit_code() =>
        Read(new ProcessResult.Exited(2) { Output = "{\"type\":\"moss.cassette\",\"refused\":\"it does not fit\"}\n" })
            .ShouldBeOfType<AgentReport.Unavailable>().Reason.ShouldBe("agent replay: it does not fit");

    [Fact]
    public void A_program_that_broke_is_no_failed_round()
    {
        Broken(new ProcessResult.Exited(134) { Error = "out of memory" }).ShouldContain("did not begin (exit code 134): out of memory");
        Broken(new ProcessResult.Exited(0) { Output = "{\"type\":\"result\"}\n" }).ShouldContain("did not begin");
        Broken(new ProcessResult.Exited(0) { Output = Header("claude", "claude"), Truncated = true }).ShouldContain("more than is kept");
        Broken(new ProcessResult.Exited(0) { Output = Header("oracle", "oracle") }).ShouldContain("'oracle'");
        Broken(new ProcessResult.TimedOut()).ShouldContain("was stopped");
        Broken(new ProcessResult.NotStarted("no sandbox")).ShouldContain("no sandbox");
    }

    [Fact]
    public void Without_the_setting_there_is_none_and_the_setting_is_named()
    {
        var choice = new AgentChoice { Default = "replay" };

        Registry().For(choice, Role.Implement).ShouldBeOfType<AgentLookup.Missing>().Reason.ShouldContain("Moss:CodingAgents:Cassettes");
        Registry(("Cassettes", folder.Path)).For(choice, Role.Implement).ShouldBeOfType<AgentLookup.Found>()
            .Agent.Capabilities.Cassettes.ShouldBe(folder.Path);
    }

    [Theory]
    [InlineData("Cassettes", "cassettes", "no absolute path")]
    [InlineData("Cassettes", "/nowhere/at/all", "no folder that is there")]
    [InlineData("RecordTo", "cassettes", "no absolute path")]
    public void A_setting_that_cannot_be_is_refused_by_its_name(string setting, string value, string problem)
    {
        var refused = Should.Throw<InvalidOperationException>(() => Registry((setting, value)));

        refused.Message.ShouldStartWith($"Moss:CodingAgents:{setting} ");
        refused.Message.ShouldContain(problem);
    }

    [Fact]
    public void Where_to_record_need_not_be_there_yet()
    {
        using var services = Services(("RecordTo", "/nowhere/at/all"));

        services.GetRequiredService<AgentSessionOptions>().RecordTo.ShouldBe("/nowhere/at/all");
    }

    private CodingAgentRegistry Registry(params (string Name, string Value)[] settings)
    {
        using var services = Services(settings);
        return services.GetRequiredService<CodingAgentRegistry>();
    }

    private ServiceProvider Services(params (string Name, string Value)[] settings) => new ServiceCollection().AddLogging().AddCodingAgents().AddAgentSessions(
        folder.Combine("sessions"),
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => $"Moss:CodingAgents:{setting.Name}", setting => (string?)setting.Value)).Build())
        .BuildServiceProvider();

    private static string Header(string agent, string reader) => $"{{\"type\":\"moss.cassette\",\"agent\":\"{agent}\",\"model\":\"m\",\"reader\":\"{reader}\"}}\n";

    private static AgentReport Read(ProcessResult result) => new ReplayCodingAgent("/cassettes").Read(Review, new(result, null));

    private static string Broken(ProcessResult result) => Read(result).ShouldBeOfType<AgentReport.Unavailable>().Reason;
}
