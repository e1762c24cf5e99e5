using Moss.Domain.Judgement;

namespace Moss.Domain.Tests.Judgement;

public sealed class FiringTests
{
    private static readonly VerdictCase Repaired = Replayed.Case(Replayed.Batch("a", "------", "++++++"), Replayed.Corpus("kept", "++", "++"));

    [Fact]
    public void A_gain_of_which_no_changed_line_was_run_is_not_the_work_of_the_change()
    {
        var ruling = VerdictPolicy.Rule(Repaired with { Firing = new(Lines: 3, Ran: 0, Scenarios: 2) });

        ruling.Verdict.ShouldBe(Verdict.NoChange);
        ruling.Reason.ShouldContain("nothing that passes runs a line of the change");
        ruling.Detail.ShouldContain("3 lines");
        ruling.Reason.ShouldNotContain("kept");
    }

    [Theory]
    [InlineData(3, 1, 1, true)]
    [InlineData(3, 0, 0, null)]
    [InlineData(0, 0, 1, null)]
    public void What_is_run_or_could_not_be_seen_converges(int lines, int ran, int scenarios, bool? fires)
    {
        var firing = new Firing(lines, ran, scenarios);

        firing.Yes.ShouldBe(fires);
        VerdictPolicy.Rule(Repaired with { Firing = firing }).Verdict.ShouldBe(Verdict.Converged);
    }

    [Fact]
    public void Where_it_was_not_looked_at_nothing_is_asked() => VerdictPolicy.Rule(Repaired).Verdict.ShouldBe(Verdict.Converged);

    [Fact]
    public void It_lowers_only_what_would_have_converged()
    {
        var failing = Replayed.Case(Replayed.Batch("a", "------", "+++++-"));

        var (looked, plain) = (VerdictPolicy.Rule(failing with { Firing = new(3, 0, 1) }), VerdictPolicy.Rule(failing));

        (looked.Verdict, looked.Detail).ShouldBe((plain.Verdict, plain.Detail));
    }

    [Theory]
    [InlineData(VerdictPolicy.ComparingRates)]
    [InlineData(VerdictPolicy.Guarding)]
    public void Earlier_rules_did_not_ask(int policy) =>
        VerdictPolicy.Rule(Repaired with { Firing = new(3, 0, 1), Policy = policy }).Verdict.ShouldBe(Verdict.Converged);
}
