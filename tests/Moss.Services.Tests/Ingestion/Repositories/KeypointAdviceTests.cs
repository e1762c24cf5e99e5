using Moss.Ingestion.Substrates;
using Moss.Replays;

namespace Moss.Services.Tests.Ingestion.Repositories;

public sealed class KeypointAdviceTests : DeskTest
{
    [Fact]
    public async Task A_check_advises_on_scenarios_with_few_keypoints_and_finds_nothing_wrong_with_them()
    {
        var check = await Bench.PostAsync("/api/substrates/check", new { repository = Desk.Path });

        check.Body.GetProperty("ok").GetBoolean().ShouldBeTrue();
        check.Texts("notes").ShouldHaveSingleItem().ShouldStartWith("Scenarios with fewer than 4 keypoints: one (");
    }

    [Theory]
    [InlineData(3, "fewer than 4", "add checks")]
    [InlineData(8, "more than 7", "make two scenarios")]
    public void Too_few_and_too_many_are_told_with_why(int keypoints, string count, string advice)
    {
        var told = KeypointAdvice.Of([Scenario("a", keypoints), Scenario("b", 5)]).ShouldHaveSingleItem();

        told.ShouldStartWith($"Scenarios with {count} keypoints: a ({keypoints});");
        told.ShouldContain(advice);
    }

    [Fact]
    public void Four_to_seven_are_right() => KeypointAdvice.Of([.. Enumerable.Range(4, 4).Select(count => Scenario($"s{count}", count))]).ShouldBeEmpty();

    [Fact]
    public void Of_many_scenarios_some_are_named() =>
        KeypointAdvice.Of([.. Enumerable.Range(0, 9).Select(index => Scenario($"s{index}", 1))]).ShouldHaveSingleItem().ShouldContain("s4 (1) and 4 more;");

    private static Scenario Scenario(string id, int keypoints) => new(id, id, null, [.. Enumerable.Range(0, keypoints).Select(index => new Grader.Exact($"k{index}", 1))]);
}
