using Moss.CodingAgents;
using Moss.CodingAgents.Sessions;
using Moss.ModelProxy;

namespace Moss.Adapters.Tests.CodingAgents.Sessions;

public sealed class ModelTroubleTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);
    private static readonly AgentReport Failed = new AgentReport.Unusable("it gave up") { Cost = new(1, 2, 3, true) };
    private static readonly ModelOutage Busy = new(429, "asked too often") { RetryAfter = TimeSpan.FromSeconds(7) };

    [Fact]
    public void A_failure_with_an_answering_model_is_the_agents_own() => Judge(Failed, null).ShouldBe(Failed);

    [Fact]
    public void A_failure_with_a_model_away_is_an_outage_and_what_was_paid_is_kept()
    {
        var outage = Judge(Failed, Busy).ShouldBeOfType<AgentReport.Unavailable>();

        outage.Reason.ShouldBe("agent a could not ask its model: asked too often");
        (outage.RetryAfter, outage.Cost).ShouldBe((TimeSpan.FromSeconds(7), Failed.Cost));
    }

    [Fact]
    public void What_finished_all_the_same_counts() => Judge(new AgentReport.Finished("{}"), Busy).ShouldBe(new AgentReport.Finished("{}"));

    [Fact]
    public void What_the_provider_saw_itself_keeps_its_words() =>
        Judge(new AgentReport.Unavailable("429 it says"), Busy).ShouldBe(new AgentReport.Unavailable("429 it says") { RetryAfter = TimeSpan.FromSeconds(7) });

    [Theory]
    [InlineData(59, false)]
    [InlineData(60, true)]
    public void Hanging_up_on_a_model_proves_something_only_after_a_long_wait(int seconds, bool outage) =>
        (Judge(Failed, new(504, "silent") { Waited = TimeSpan.FromSeconds(seconds) }) is AgentReport.Unavailable).ShouldBe(outage);

    private static AgentReport Judge(AgentReport report, ModelOutage? outage) => ModelTrouble.Judge("a", report, outage, Timeout);
}
