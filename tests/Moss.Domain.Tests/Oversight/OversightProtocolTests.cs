using Moss.Domain.Oversight;
using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Oversight;

public sealed class OversightProtocolTests
{
    [Fact]
    public void Before_anybody_decided_there_is_nothing_to_do() => OversightProtocol.Next(OversightState.None).ShouldBeOfType<OversightStep.Finished>();

    [Fact]
    public void A_signing_makes_the_merge_then_moves_the_branch_then_is_over()
    {
        var decided = Some.Fold(Some.Signing());
        OversightProtocol.Next(decided).ShouldBe(new OversightStep.MakeMerge(decided.Signing!.Decision));
        var made = decided.Apply(new StableMergeMade("me4ge", Some.Monday));
        OversightProtocol.Next(made).ShouldBe(new OversightStep.MoveStable(made.Signing!.Decision, "me4ge"));
        var merged = made.Apply(new StableMerged("me4ge", Some.Monday));

        OversightProtocol.Next(merged).ShouldBeOfType<OversightStep.Finished>();
        merged.Open.ShouldBeFalse();
        merged.LastReviewed.ShouldBe("head");
        merged.Merges.ShouldBe(["me4ge"]);
        merged.Reviewed.ShouldBe([Some.Evolution]);
    }

    [Fact]
    public void A_signing_that_was_abandoned_reviews_nothing()
    {
        var state = Some.Fold(Some.Signing(), new SigningAbandoned("stableBranch", "moved", "again", Some.Monday));

        OversightProtocol.Next(state).ShouldBeOfType<OversightStep.Finished>();
        state.Reviewed.ShouldBeEmpty();
        state.LastReviewed.ShouldBeNull();
        Some.Fold(Some.Signing(), new SigningAbandoned("stableBranch", "moved", "again", Some.Monday), Some.Signing()).Abandoned.ShouldBeNull();
    }

    [Fact]
    public void A_refusal_takes_production_back_before_the_branch()
    {
        var decided = Some.Fold(Some.Refusal());
        OversightProtocol.Next(decided).ShouldBe(new OversightStep.RevertProduction(Some.Before, "ba5e"));
        var reverted = decided.Apply(new ProductionReverted("ba5e", Some.Monday));
        OversightProtocol.Next(reverted).ShouldBe(new OversightStep.MoveEvolvedBack("head", "ba5e"));
        var done = reverted.Apply(new EvolvedMovedBack("ba5e", Some.Monday));

        OversightProtocol.Next(done).ShouldBeOfType<OversightStep.Finished>();
        done.Open.ShouldBeFalse();
        done.Refused.ShouldBe(["first", "head"], ignoreOrder: true);
    }

    [Fact]
    public void What_failed_waits_for_a_person_and_goes_on_when_one_asks()
    {
        var stuck = Some.Fold(Some.Refusal(), new ProductionNotReverted("sick", Some.Monday));
        OversightProtocol.Next(stuck).ShouldBeOfType<OversightStep.MoveEvolvedBack>();
        stuck = stuck.Apply(new EvolvedNotMovedBack("checked out", Some.Monday));
        OversightProtocol.Next(stuck).ShouldBeOfType<OversightStep.Finished>();
        stuck.Open.ShouldBeTrue();

        OversightProtocol.Next(stuck.Apply(new RefusalTakenUp("grace", Some.Monday))).ShouldBeOfType<OversightStep.RevertProduction>();
    }

    [Fact]
    public void Every_event_is_stored_under_a_name_and_means_something()
    {
        var events = typeof(OversightEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(OversightEvent));

        events.ShouldBe(OversightCatalogNames.All.Values, ignoreOrder: true);
        OversightCatalogNames.All.Keys.ShouldAllBe(name => name.StartsWith("oversight.") && name.EndsWith(".v1"));
    }

    [Fact]
    public void History_tells_what_was_promoted_what_served_before_and_what_came_back()
    {
        var (second, third) = (Guid.NewGuid(), Guid.NewGuid());
        var promoted = PromotedCommits.Of(
        [
            Serving("ba5e", ServingCause.Start),
            new PromotionOpened(Some.Evolution, "stage", Some.Monday), Serving("one", ServingCause.Promotion),
            new PromotionClosed(Some.Evolution, "one", PromotionOutcome.Committed, "", Some.Monday),
            new PromotionOpened(second, "stage", Some.Monday), Serving("one", ServingCause.Rollback),
            new PromotionClosed(second, "two", PromotionOutcome.RolledBack, "sick", Some.Monday.AddHours(1)),
            new PromotionOpened(third, "stage", Some.Monday), new PromotionClosed(third, "three", PromotionOutcome.Abandoned, "late", Some.Monday.AddHours(2)),
            Serving("ba5e", ServingCause.Rollback, Some.Monday.AddHours(3)),
        ]);

        promoted.Promoted.ShouldBe([new PromotedCommit(Some.Evolution, "one", Some.Monday, Some.Before)]);
        promoted.RolledBack.Select(version => version.Commit).ShouldBe(["two", "one"]);
        promoted.Since(Some.Monday.AddHours(1)).ShouldHaveSingleItem().Commit.ShouldBe("one");
        promoted.Unreviewed(OversightState.None).ShouldHaveSingleItem();
        promoted.Unreviewed(Some.Fold(Some.Refusal())).ShouldBeEmpty();
    }

    private static InstanceServing Serving(string commit, ServingCause cause, DateTimeOffset? at = null) =>
        new(new Instance("marker", new(commit, "tree-" + commit, "ba5e"), 0), null, cause, at ?? Some.Monday);
}
