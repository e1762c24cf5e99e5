using Moss.Deployment.Instances;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Promoting;

/// <summary>What is seen to run of a promotion's three instances.</summary>
internal sealed class PromotionWorld(IInstanceHost host, TimeProvider clock)
{
    public async Task<ObservedWorld> ObserveAsync(PromotionState state, InstanceProcess? previous)
    {
        var plan = state.Plan;
        return new ObservedWorld(
            await RunsAsync(plan?.Previous, previous),
            await RunsAsync(plan is { Swap: true } ? plan.Candidate : null, state.Candidate.Process),
            await RunsAsync(plan?.Fallback, state.Fallback.Process),
            clock.GetUtcNow());
    }

    private async Task<bool> RunsAsync(Instance? instance, InstanceProcess? known) =>
        instance is not null && await host.LivesAsync(instance, known, CancellationToken.None);
}
