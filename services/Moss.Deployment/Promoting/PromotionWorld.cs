using Moss.Deployment.Instances;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Promoting;

/// <summary>What is seen to run of a promotion's three instances.</summary>
internal sealed class PromotionWorld(IInstanceHost host)
{
    public async Task<ObservedWorld> ObserveAsync(PromotionRun run)
    {
        var (state, plan) = (run.Promotion.State, run.Promotion.State.Plan);
        return new ObservedWorld(
            await RunsAsync(plan?.Previous, run.PreviousProcess),
            await RunsAsync(plan is { Swap: true } ? plan.Candidate : null, state.Candidate.Process),
            await RunsAsync(plan?.Fallback, state.Fallback.Process),
            run.Now);
    }

    private async Task<bool> RunsAsync(Instance? instance, InstanceProcess? known) =>
        instance is not null && await host.LivesAsync(instance, known, CancellationToken.None);
}
