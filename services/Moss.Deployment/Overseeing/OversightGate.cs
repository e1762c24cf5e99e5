using Moss.Deployment.Promoting;
using Moss.Domain.Oversight;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Overseeing;

/// <summary>Says whether oversight lets a promotion begin.</summary>
internal sealed class OversightGate(OversightPlaces places, Journals journals, TimeProvider clock)
{
    /// <summary>Null when it does.</summary>
    public async Task<PreflightResult.Refused?> CheckAsync(string substrate, string baseCommit, DeploymentState deployment, CancellationToken cancellationToken)
    {
        var place = await places.FindAsync(substrate, cancellationToken);
        var oversight = await journals.OversightAsync(substrate, cancellationToken);
        var promoted = PromotedCommits.Of(await journals.HistoryAsync(substrate, cancellationToken));
        var refusal = OversightPolicy.MayPromote(
            new(substrate, baseCommit, deployment.Served?.Tree), place.Terms, oversight.State,
            OversightPeriod.Of(promoted.Unreviewed(oversight.State), place.Terms), clock.GetUtcNow());
        return refusal is null ? null : new(refusal.Ground, $"{refusal.Reason}; {refusal.Fix}");
    }
}
