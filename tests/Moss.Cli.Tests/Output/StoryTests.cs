using Moss.Cli.Output;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Output;

public sealed class StoryTests
{
    [Fact]
    public void A_stage_is_told_with_its_iteration_and_with_its_round_when_it_is_not_the_first()
    {
        Story.Tell(Sample.Stage("Implement", 2, 1, 0)).ShouldBe("[2] Implement");
        Story.Tell(Sample.Stage("Implement", 2, 3, 0)).ShouldBe("[2] Implement, round 3");
    }

    [Fact]
    public void A_change_is_told_with_its_size()
    {
        var change = new { commit = Sample.Commit, summary = "Divide by 100", insertions = 2, deletions = 1 };

        Story.Tell(Sample.Entry("change-committed", new { change })).ShouldBe("  c0ffee01 Divide by 100 (+2 -1)");
        Story.Tell(Sample.Entry("change-rebased", new { change })).ShouldBe("  moved onto what serves: c0ffee01 Divide by 100 (+2 -1)");
    }

    [Theory]
    [InlineData("plan-approved", "  approved: so")]
    [InlineData("change-approved", "  approved: so")]
    [InlineData("plan-rejected", "  rejected: so")]
    [InlineData("change-rejected", "  rejected: so")]
    [InlineData("change-refused", "  refused (TooLarge): so")]
    [InlineData("candidate-refused", "  Smoke failed: so")]
    [InlineData("role-failed", "  no usable answer: so")]
    [InlineData("stage-broken", "  broke: so")]
    [InlineData("promotion-refused", "  promotion refused: so")]
    [InlineData("rebase-refused", "  cannot be moved onto what serves: so")]
    [InlineData("promotion-rolled-back", "  rolled back to c0ffee01: so")]
    [InlineData("rolled-back-in-production", "rolled back in production to c0ffee01 by ann: so")]
    [InlineData("ended", "ended: Stopped: so")]
    [InlineData("iteration-ruled", "verdict of iteration 2: Stopped: and so on")]
    [InlineData("consent-signed", "  ann signs")]
    [InlineData("consent-given", "  ann consents")]
    [InlineData("consent-requested", "waiting for consent to c0ffee01")]
    [InlineData("candidate-promoted", "  serves now; downtime 0.5 s")]
    [InlineData("fault-located", "  Structural: in short")]
    [InlineData("plan-drafted", "  in short")]
    [InlineData("baseline-measured", "  2 trials of the live version")]
    [InlineData("trials-completed", "  2 trials of both versions")]
    public void An_event_is_told_in_a_line(string name, string line) => Story.Tell(Sample.Entry(name, new
    {
        reason = "so", detail = "and so on", ground = "TooLarge", step = "Smoke", verdict = "Stopped", iteration = 2, approver = "ann", by = "ann",
        commit = Sample.Commit, lastKnownGood = Sample.Commit, downtimeSeconds = 0.5, failureClass = "Structural", summary = "in short",
        trials = new[] { 1, 2 },
    })).ShouldBe(line);

    [Theory]
    [InlineData("money-spent")]
    [InlineData("something-new")]
    public void What_says_nothing_to_people_is_not_told(string name) => Story.Tell(Sample.Entry(name, new { })).ShouldBeNull();

    [Fact]
    public void An_event_that_lacks_a_field_is_told_without_it() =>
        Story.Tell(Sample.Entry("ended", new { verdict = "Stopped" })).ShouldBe("ended: Stopped: ");
}
