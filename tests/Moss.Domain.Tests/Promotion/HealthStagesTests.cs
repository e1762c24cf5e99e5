using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Promotion;

/// <summary>Startup, readiness and liveness are kept apart; a round every five seconds.</summary>
public sealed class HealthStagesTests
{
    private static readonly HealthTerms Started = Some.Terms with { Startup = TimeSpan.FromSeconds(30) };
    private static readonly HealthTerms Steady = Some.Terms with { MinimumHealthy = TimeSpan.FromSeconds(12) };

    [Fact]
    public void The_startup_is_asked_first() =>
        Judge(Started, [], 0).ShouldBe(new HealthRuling.Pending(1, Some.Noon) { Kind = ProbeKind.Startup });

    [Fact]
    public void Only_when_it_passed_is_the_rest_asked_and_the_window_begins_then() =>
        Judge(Started, Startup("----+"), 20).ShouldBe(new HealthRuling.Pending(6, Some.At(20)));

    [Fact]
    public void A_start_that_takes_the_time_it_has_is_no_failure()
    {
        var rounds = Startup("-----+").Concat(Ready("+++", from: 25)).ToArray();

        Judge(Started, rounds, 35).ShouldBe(new HealthRuling.Passed(Some.At(25)));
    }

    [Fact]
    public void A_start_that_takes_longer_fails_when_its_time_is_over()
    {
        Judge(Started, Startup("-----"), 20).ShouldBeOfType<HealthRuling.Pending>().NotBefore.ShouldBe(Some.At(25));
        Judge(Started, Startup("-------"), 31).ShouldBeOfType<HealthRuling.Failed>().Reason.ShouldContain("did not start within 30 s");
    }

    [Fact]
    public void Passes_of_the_startup_are_no_passes_of_readiness() =>
        Judge(Started, Startup("+++"), 10).ShouldBeOfType<HealthRuling.Pending>().Kind.ShouldBe(ProbeKind.Readiness);

    [Theory]
    [InlineData("+++", "pending")]
    [InlineData("++++", "pending")]
    [InlineData("+++--", "pending")]
    [InlineData("+++---", "failed")]
    [InlineData("-+++--+", "passed 5")]
    [InlineData("+++--+", "passed 0")]
    [InlineData("+++++---", "failed")]
    public void Once_healthy_it_must_stay_so_and_two_failures_in_a_row_are_borne(string rounds, string expected)
    {
        // Asked round by round, as it is asked while it goes on: the first ruling that is none of waiting counts.
        var ruling = Enumerable.Range(1, rounds.Length).Select(count => Judge(Steady, Ready(rounds[..count]), (count - 1) * 5)).FirstOrDefault(ruling => ruling is not HealthRuling.Pending);

        (ruling switch
        {
            HealthRuling.Passed passed => $"passed {(passed.ServingSince - Some.Noon).TotalSeconds}",
            HealthRuling.Failed => "failed",
            _ => "pending",
        }).ShouldBe(expected);
    }

    [Fact]
    public void The_last_round_comes_when_the_time_is_over_and_not_later() =>
        Judge(Steady, Ready("+++++"), 20).ShouldBe(new HealthRuling.Pending(6, Some.At(22)));

    [Fact]
    public void Three_rounds_without_life_end_it_before_its_window_does()
    {
        var rounds = Ready("---").Select(round => round with { Alive = false, Detail = "liveness: no answer" }).ToArray();

        Judge(Some.Terms, rounds, 10).ShouldBeOfType<HealthRuling.Failed>().Reason.ShouldBe("it does not live: liveness: no answer");
        Judge(Some.Terms, rounds[..2], 5).ShouldBeOfType<HealthRuling.Pending>();
    }

    private static HealthRuling Judge(HealthTerms terms, ProbeObservation[] rounds, double now) => HealthGate.Judge(terms, rounds, Some.Noon, Some.At(now));

    private static ProbeObservation[] Startup(string rounds) => [.. Ready(rounds).Select(round => round with { Kind = ProbeKind.Startup })];

    private static ProbeObservation[] Ready(string rounds, double from = 0) =>
        [.. rounds.Select((mark, index) => Some.Round(index + 1, mark == '+', from + (index * 5)))];
}
