using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Promotion;

public sealed class HealthGateTests
{
    [Fact]
    public void Before_the_first_round_the_first_round_is_due_at_once() =>
        Judge("", 0).ShouldBe(new HealthRuling.Pending(1, Some.Noon));

    // One character a round, a round every five seconds: + passed, - failed.
    [Theory]
    [InlineData("+", "pending")]
    [InlineData("++", "pending")]
    [InlineData("+++", "passed 0")]
    [InlineData("-+++", "passed 5")]
    [InlineData("++-+++", "passed 15")]
    [InlineData("+-+-", "pending")]
    [InlineData("----", "pending")]
    [InlineData("-----", "failed")]
    [InlineData("++-++-", "failed")]
    [InlineData("----+++", "passed 20")]
    [InlineData("+++-", "pending")]
    public void The_last_rounds_in_a_row_decide(string rounds, string expected) =>
        Name(Judge(rounds, rounds.Length == 0 ? 0 : (rounds.Length - 1) * 5)).ShouldBe(expected);

    [Fact]
    public void The_window_ends_even_when_no_round_ended() =>
        Judge("", 31).ShouldBeOfType<HealthRuling.Failed>();

    [Fact]
    public void It_fails_as_soon_as_it_can_no_longer_pass_and_says_what_was_wrong() =>
        Judge("--", 21).ShouldBeOfType<HealthRuling.Failed>().Reason.ShouldContain("http /health answered 500");

    [Fact]
    public void Rounds_from_before_watching_was_taken_up_again_do_not_count()
    {
        var rounds = new[] { Some.Round(1, true, 0), Some.Round(2, true, 5), Some.Round(3, true, 100) };

        HealthGate.Judge(Some.Terms, rounds, Some.At(90), Some.At(100)).ShouldBe(new HealthRuling.Pending(4, Some.At(105)));
    }

    [Theory]
    [InlineData(3, 5, 11, true)]
    [InlineData(3, 5, 10, false)]
    [InlineData(1, 5, 1, true)]
    [InlineData(0, 5, 30, false)]
    public void Terms_that_nothing_could_meet_are_known(int passes, int interval, int window, bool possible) =>
        new HealthTerms(passes, TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(window)).CanPass.ShouldBe(possible);

    private static HealthRuling Judge(string rounds, double now) => HealthGate.Judge(
        Some.Terms, [.. rounds.Select((mark, index) => Some.Round(index + 1, mark == '+', index * 5))], Some.Noon, Some.At(now));

    private static string Name(HealthRuling ruling) => ruling switch
    {
        HealthRuling.Passed passed => $"passed {(passed.ServingSince - Some.Noon).TotalSeconds}",
        HealthRuling.Failed => "failed",
        _ => "pending",
    };
}
