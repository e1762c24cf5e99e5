using Moss.Domain.Consents;
using Moss.Domain.Promotion;
using Moss.Domain.Tests.Promotion;

namespace Moss.Domain.Tests.Consents;

/// <summary>A consent is used once, and what it names as its target is one instance.</summary>
public sealed class ConsentUseTests
{
    private static readonly PromotionPlanned Planned = new(Some.Plan() with { Consents = ["h1", "h2"] }, Some.Noon);

    [Fact]
    public void What_a_plan_rested_on_is_used_up_for_every_other_command()
    {
        var state = PromotionState.Of([Planned]);

        state.UsedBefore("another").ShouldBe(["h1", "h2"]);
        state.UsedBefore(Planned.Plan.Stage).ShouldBeEmpty("the same command may take itself up again");
    }

    [Fact]
    public void It_stays_used_up_through_later_attempts()
    {
        var later = new PromotionPlanned(Planned.Plan with { Stage = "later", Consents = ["h3"] }, Some.At(9));

        PromotionState.Of([Planned, new PromotionAbandoned("Stopped", "so", Some.At(5)), later]).UsedBefore("third").ShouldBe(["h1", "h2", "h3"]);
    }

    [Fact]
    public void A_plan_from_before_there_were_signatures_used_none() =>
        PromotionState.Of([new PromotionPlanned(Some.Plan() with { Consents = default }, Some.Noon)]).UsedBefore("another").ShouldBeEmpty();

    [Fact]
    public void The_target_is_the_container_and_the_instance_where_there_is_none()
    {
        var instance = new Instance("desk-1", Some.Old, 0);

        Serving(instance, new InstanceProcess(1, 2, "") { Container = "c0ffee" }).ShouldBe("c0ffee");
        Serving(instance, new InstanceProcess(1, 2, "boot")).ShouldBe("desk-1");
        Serving(instance, null).ShouldBe("desk-1");
    }

    [Fact]
    public void What_does_not_serve_is_no_target()
    {
        ConsentTarget.Of(DeploymentState.None).ShouldBeNull();
        ConsentTarget.Of(DeploymentState.Of(
            [new InstanceServing(new Instance("desk-1", Some.Old, 0), null, ServingCause.Start, Some.Noon), new InstanceStopped("desk-1", Some.Noon)])).ShouldBeNull();
    }

    private static string? Serving(Instance instance, InstanceProcess? process) =>
        ConsentTarget.Of(DeploymentState.Of([new InstanceServing(instance, process, ServingCause.Start, Some.Noon)]));
}
