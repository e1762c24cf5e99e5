using Moss.Domain.Watching;

namespace Moss.Domain.Tests.Watching;

public sealed class SequentialTestTests
{
    private static readonly FailureLimits Limits = new(0.05, 0.2, 0.01, 0.1);

    [Fact]
    public void Nothing_seen_is_no_evidence() => new SequentialTest().After(Limits, 0, 0).ShouldBe(new SequentialTest(0, 0));

    [Fact]
    public void A_failure_speaks_against_and_a_success_for_the_version()
    {
        new SequentialTest().After(Limits, 1, 0).Evidence.ShouldBe(Math.Log(4), 1e-12);
        new SequentialTest().After(Limits, 0, 1).Evidence.ShouldBe(Math.Log(0.8 / 0.95), 1e-12);
    }

    [Fact]
    public void Four_failures_reject_and_three_do_not()
    {
        new SequentialTest().After(Limits, 3, 0).Rejects(Limits).ShouldBeFalse();
        new SequentialTest().After(Limits, 4, 0).Rejects(Limits).ShouldBeTrue();
    }

    [Fact]
    public void A_run_that_accepts_begins_anew_with_a_smaller_share_of_the_false_alarms()
    {
        var accepted = new SequentialTest().After(Limits, 0, 14);

        accepted.ShouldBe(new SequentialTest(0, 1));
        accepted.Alarm(Limits).ShouldBeGreaterThan(new SequentialTest().Alarm(Limits));
    }

    [Fact]
    public void All_runs_together_have_the_declared_rate_of_false_alarms_and_no_more() =>
        Enumerable.Range(0, 100_000).Sum(run => Math.Exp(-new SequentialTest(0, run).Alarm(Limits))).ShouldBe(Limits.FalseAlarm, 1e-6);

    [Fact]
    public void The_order_within_one_read_does_not_matter() =>
        new SequentialTest().After(Limits, 2, 3).Evidence
            .ShouldBe(new SequentialTest().After(Limits, 1, 0).After(Limits, 0, 3).After(Limits, 1, 0).Evidence, 1e-12);
}
