using Moss.Domain.Oversight;

namespace Moss.Domain.Tests.Oversight;

public sealed class OversightPolicyTests
{
    [Theory]
    [InlineData(0, PeriodStanding.Gathering)]
    [InlineData(167.9, PeriodStanding.Gathering)]
    [InlineData(168, PeriodStanding.Due)]
    [InlineData(191.9, PeriodStanding.Due)]
    [InlineData(192, PeriodStanding.Overdue)]
    [InlineData(10000, PeriodStanding.Overdue)]
    public void A_period_is_due_after_its_length_and_overdue_after_the_grace(double hours, PeriodStanding standing) =>
        OversightPeriod.Of([Some.Promoted()], Some.Terms).At(Some.Monday.AddHours(hours)).ShouldBe(standing);

    [Fact]
    public void The_period_begins_with_the_first_promotion_that_nobody_has_looked_over() =>
        OversightPeriod.Of([Some.Promoted("one"), Some.Promoted("two", Some.Monday.AddDays(3))], Some.Terms).Begins.ShouldBe(Some.Monday);

    [Fact]
    public void A_quiet_substrate_is_never_overdue() => OversightPeriod.Of([], Some.Terms).At(DateTimeOffset.MaxValue).ShouldBe(PeriodStanding.Nothing);

    [Fact]
    public void Without_terms_nothing_is_ever_due() => OversightPeriod.Of([Some.Promoted()], null).At(DateTimeOffset.MaxValue).ShouldBe(PeriodStanding.Gathering);

    [Fact]
    public void Overdue_stops_promotions_with_the_command_that_helps()
    {
        MayPromote(OversightState.None, days: 7.5).ShouldBeNull();

        var refusal = MayPromote(OversightState.None, days: 8).ShouldNotBeNull();

        refusal.Ground.ShouldBe("OversightOverdue");
        refusal.Fix.ShouldContain("moss oversight review desk");
    }

    [Fact]
    public void What_builds_on_a_refused_commit_is_refused_for_ever_also_without_oversight()
    {
        var state = Some.Fold(Some.Refusal(), new ProductionReverted("ba5e", Some.Monday), new EvolvedMovedBack("ba5e", Some.Monday));

        MayPromote(state, on: "first")!.Ground.ShouldBe("OversightRefused");
        MayPromote(state, on: "head", terms: false)!.Ground.ShouldBe("OversightRefused");
        MayPromote(state, on: "ba5e").ShouldBeNull();
    }

    [Fact]
    public void Until_what_was_refused_is_out_nothing_is_promoted()
    {
        var begun = Some.Fold(Some.Refusal());
        MayPromote(begun, serving: "tree-head")!.Ground.ShouldBe("OversightRefused");
        MayPromote(begun, serving: Some.Before.Tree).ShouldNotBeNull("the branch is not back yet");

        var stuck = begun.Apply(new ProductionNotReverted("it does not come up", Some.Monday)).Apply(new EvolvedMovedBack("ba5e", Some.Monday));
        MayPromote(stuck, serving: "tree-head")!.Reason.ShouldContain("it does not come up");
        MayPromote(stuck, serving: Some.Before.Tree).ShouldBeNull("a person brought production back by hand");
        MayPromote(begun.Apply(new ProductionReverted("ba5e", Some.Monday)).Apply(new EvolvedMovedBack("ba5e", Some.Monday)), serving: "another").ShouldBeNull();
    }

    [Fact]
    public void While_a_signing_is_carried_out_nothing_is_promoted() => MayPromote(Some.Fold(Some.Signing()))!.Reason.ShouldContain("not finished");

    [Fact]
    public void An_answer_is_for_the_head_that_was_seen_alone()
    {
        OversightPolicy.MayAnswer(new("desk", "head", "ada"), "head", Some.Terms).ShouldBeNull();
        OversightPolicy.MayAnswer(new("desk", "head", "ada"), "later", Some.Terms)!.Ground.ShouldBe("head");
        OversightPolicy.MayAnswer(new("desk", "head", "ada"), "head", null)!.Ground.ShouldBe("oversight");
    }

    [Theory]
    [InlineData("ada", true)]
    [InlineData("grace", true)]
    [InlineData("Ada", false)]
    [InlineData("eve", false)]
    [InlineData("desk", false)]
    public void Only_approvers_answer(string by, bool may) =>
        (OversightPolicy.MayAnswer(new("desk", "head", by), "head", Some.Terms) is null).ShouldBe(may);

    [Theory]
    [InlineData("eve", true)]
    [InlineData("desk", false)]
    [InlineData("Substrate:Desk", false)]
    public void Where_nobody_is_named_anybody_answers_but_the_substrate(string by, bool may) =>
        (OversightPolicy.MayAnswer(new("desk", "head", by), "head", Some.Terms with { Approvers = [] }) is null).ShouldBe(may);

    private static OversightRefusal? MayPromote(OversightState state, double days = 0, string on = "ba5e", string? serving = "tree-head", bool terms = true) =>
        OversightPolicy.MayPromote(
            new("desk", on, serving), terms ? Some.Terms : null, state, OversightPeriod.Of([Some.Promoted()], terms ? Some.Terms : null), Some.Monday.AddDays(days));
}
