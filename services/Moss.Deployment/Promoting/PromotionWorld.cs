using Moss.Deployment.Instances;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Promoting;

/// <summary>What is seen to run of a promotion's three instances.</summary>
internal sealed class PromotionWorld(IInstanceHost host, TimeProvider clock)
{
    public ObservedWorld Observe(PromotionState state, InstanceProcess? previous)
    {
        var plan = state.Plan;
        return new ObservedWorld(
            Runs(plan?.Previous, previous),
            Runs(plan is { Swap: true } ? plan.Candidate : null, state.Candidate.Process),
            Runs(plan?.Fallback, state.Fallback.Process),
            clock.GetUtcNow());
    }

    private bool Runs(Instance? instance, InstanceProcess? known) => instance is not null && host.Lives(instance, known);
}
