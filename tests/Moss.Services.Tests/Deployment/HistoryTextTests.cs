using Moss.Deployment.Api;
using Moss.Domain.Promotion;
using Moss.Domain.Watching;

namespace Moss.Services.Tests.Deployment;

public sealed class HistoryTextTests
{
    [Fact]
    public void Every_event_of_the_domain_has_a_stored_name()
    {
        var events = typeof(PromotionEvent).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && (type.IsAssignableTo(typeof(PromotionEvent)) || type.IsAssignableTo(typeof(DeploymentEvent))))
            .ToList();

        var names = PromotionCatalogNames.All.Concat(WatchCatalogNames.All).ToDictionary();
        events.ShouldBe(names.Values, ignoreOrder: true);
        names.Keys.ShouldAllBe(name => name.StartsWith("promotion.") || name.StartsWith("deployment."));
    }

    [Fact]
    public void A_round_of_probes_is_one_readable_row()
    {
        var at = new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
        var row = HistoryText.Of(new Probed(PromotionArm.Candidate, new ProbeObservation(2, false, "http /health answered 500", at), at));

        row.ShouldBe(new HistoryEntry(at, "probed", null, "candidate, round 2 failed: http /health answered 500"));
    }
}
