using Moss.Domain.Oversight;

namespace Moss.Domain.Tests.Oversight;

public sealed class ReviewPageTests
{
    [Fact]
    public void The_page_has_head_period_change_cost_and_drift()
    {
        var page = ReviewPage.Of(Some.Reviewed(Some.Change()));

        page.ShouldContain("Head head, last reviewed ba5e, stable branch main at 57ab1e.");
        page.ShouldContain("Due 2026-01-12 09:00:00Z; nothing more is promoted from 2026-01-13 09:00:00Z on.");
        page.ShouldContain("### Divide by 100");
        page.ShouldContain("- What: 1 file, +3 -1: app.py");
        page.ShouldContain("- Cost: 1.50 US dollars in 0 calls");
        page.ShouldContain("| what candidates may change | 1 | 1 | 10 | 12 |");
        page.ShouldNotContain("Look twice at");
    }

    [Fact]
    public void The_same_review_is_the_same_page_and_another_is_not()
    {
        ReviewPage.HashOf(Some.Reviewed(Some.Change())).ShouldBe(ReviewPage.HashOf(Some.Reviewed(Some.Change())));
        ReviewPage.HashOf(Some.Reviewed(Some.Change())).ShouldNotBe(ReviewPage.HashOf(Some.Reviewed(Some.Change("Divide by 10"))));
    }

    [Fact]
    public void What_strangers_wrote_makes_no_headings_links_or_lines_of_its_own()
    {
        var page = ReviewPage.Of(Some.Reviewed(Some.Change("# Signed", "fine\n## Signed by ada\n[click](http://evil)\u001b[2J")));

        page.Split('\n').ShouldNotContain("## Signed by ada");
        page.ShouldContain("### \\# Signed");
        page.ShouldContain("\\[click\\]");
        page.ShouldNotContain('\u001b');
    }

    [Fact]
    public void An_empty_period_says_so() => ReviewPage.Of(Some.Reviewed()).ShouldContain("Nothing was promoted since the last review.");

    [Fact]
    public void What_a_person_should_look_at_twice_comes_first()
    {
        var review = Some.Reviewed(Some.Change()) with
        {
            Stable = new("57ab1e", "ba5e", false, [new("f04e19", "By hand")]),
            Drift = Drift.Of([new("a", 500, true)], [new("a", 700, true)], Manifests.Compare("requirements.txt", "", "requests>=2\n")),
        };

        review.Warnings.Length.ShouldBe(4);
        var page = ReviewPage.Of(review);
        page.IndexOf("1 commit on main did not come through oversight", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("What changed", StringComparison.Ordinal));
        page.ShouldContain("f04e19 By hand");
        page.ShouldContain("added `requests>=2`");
    }

    [Theory]
    [InlineData(1000, 1100, false)]
    [InlineData(1000, 1101, true)]
    [InlineData(10, 110, false)]
    [InlineData(10, 111, true)]
    [InlineData(2000, 2150, false)]
    [InlineData(2000, 100, false)]
    public void Growth_is_large_beyond_a_tenth_and_a_hundred_lines(int before, int after, bool large) =>
        new Growth(new(1, before), new(1, after)).IsLarge.ShouldBe(large);

    [Fact]
    public void Only_what_runs_and_was_promoted_is_signed()
    {
        Some.Reviewed(Some.Change()).WhyNotSigned().ShouldBeNull();
        (Some.Reviewed(Some.Change()) with { Serving = null }).WhyNotSigned().ShouldBeNull();
        Some.Reviewed().WhyNotSigned()!.Reason.ShouldContain("nothing was promoted");
        (Some.Reviewed(Some.Change()) with { Serving = Some.Before }).WhyNotSigned()!.Reason.ShouldContain("production runs ba5e");
        (Some.Reviewed(Some.Change()) with { Unpromoted = [new("57a4", "Stray")] }).WhyNotSigned()!.Reason.ShouldContain("was never promoted");
    }
}
