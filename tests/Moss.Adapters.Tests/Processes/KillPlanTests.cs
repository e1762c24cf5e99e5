using Moss.Processes;

namespace Moss.Adapters.Tests.Processes;

public sealed class KillPlanTests
{
    [Fact]
    public void A_grace_begins_with_TERM_and_ends_with_KILL() =>
        KillPlan.After(TimeSpan.FromSeconds(3)).Steps.ShouldBe(
            [new KillStep(StopSignal.Terminate, TimeSpan.FromSeconds(3)), new KillStep(StopSignal.Kill, Timeout.InfiniteTimeSpan)]);

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void No_grace_is_KILL_alone(int seconds) => KillPlan.After(TimeSpan.FromSeconds(seconds)).ShouldBe(KillPlan.AtOnce);

    [Fact]
    public void Every_plan_ends_with_what_cannot_be_refused() => KillPlan.AtOnce.Steps.ShouldHaveSingleItem().Signal.ShouldBe(StopSignal.Kill);
}
