using Moss.Deployment.Api;
using Moss.Domain.Oversight;

namespace Moss.Deployment.Overseeing;

/// <summary>Reads a review for the API; takes no lock and changes nothing.</summary>
internal sealed class OversightReader(Journals journals, OversightPlaces places, ReviewMaker reviews, SigningDesk signing, TimeProvider clock)
{
    public async Task<OversightView> ReadAsync(string substrate, CancellationToken cancellationToken)
    {
        var place = await places.FindAsync(substrate, cancellationToken);
        var oversight = (await journals.OversightAsync(substrate, cancellationToken)).State;
        var deployment = (await journals.DeploymentAsync(substrate, cancellationToken)).State;
        var review = await reviews.MakeAsync(place, oversight, deployment, cancellationToken);
        var key = place.Terms is null ? null : await signing.WhyNotAsync(place, cancellationToken);
        var why = place.Terms is null
            ? OversightPolicy.MayAnswer(new(substrate, review.Head, ""), review.Head, null)
            : review.WhyNotSigned() ?? key;
        return OversightView.Of(review, oversight, review.Period.At(clock.GetUtcNow()), why, RemoteGuardView.Of(await signing.GuardAsync(place, cancellationToken))) with
        {
            Declared = place.Terms is not null, KeyProblem = OversightRefusalView.Of(key),
        };
    }

    public async Task<RemoteGuardView> GuardAsync(string substrate, CancellationToken cancellationToken) =>
        RemoteGuardView.Of(await signing.GuardAsync(await places.FindAsync(substrate, cancellationToken), cancellationToken));
}
