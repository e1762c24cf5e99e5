using Moss.Deployment.Instances;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Promoting;

/// <summary>The two journals of one promotion.</summary>
/// <param name="Promotion">The promotion's own stream.</param>
/// <param name="Deployment">The substrate's stream.</param>
/// <param name="Clock">Its windows are measured with it.</param>
internal sealed record PromotionRun(
    Journal<PromotionState, PromotionEvent> Promotion, Journal<DeploymentState, DeploymentEvent> Deployment, SteadyClock Clock)
{
    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>By marker: what was made ready to start, so that none of it is done while nothing serves.</summary>
    public Dictionary<string, InstanceLaunch> Launches { get; } = new(StringComparer.Ordinal);

    public PromotionPlan Plan => Promotion.State.Plan!;

    /// <summary>The process of the version that served when it began; known until another one is on record.</summary>
    public InstanceProcess? PreviousProcess =>
        Promotion.State.Plan?.Previous is { } previous && Deployment.State.Current?.Marker == previous.Marker ? Deployment.State.Process : null;

    /// <summary>The journalled process of an arm.</summary>
    public InstanceProcess? ProcessOf(PromotionArm arm) => Promotion.State.Of(arm).Process;
}
