using Moss.Domain.Evidence;

namespace Moss.Domain.Tests.Evidence;

public sealed class BatchTests
{
    private static readonly DateTimeOffset Opened = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public void A_batch_is_old_from_its_maximum_age_on()
    {
        var batch = Fold(new BatchOpened(Guid.NewGuid(), "desk"), Report(1));

        batch.IsOld(Opened + Day - TimeSpan.FromTicks(1), Day).ShouldBeFalse();
        batch.IsOld(Opened + Day, Day).ShouldBeTrue();
    }

    [Fact]
    public void What_is_sealed_or_empty_never_grows_old()
    {
        Fold(new BatchOpened(Guid.NewGuid(), "desk"), Report(1), new BatchSealed("threshold")).IsOld(Opened + (2 * Day), Day).ShouldBeFalse();
        Fold(new BatchOpened(Guid.NewGuid(), "desk")).IsOld(Opened + (2 * Day), Day).ShouldBeFalse();
    }

    [Fact]
    public void The_same_evidence_twice_is_one()
    {
        var report = Report(1);

        Fold(report, report).Evidence.ShouldBe([report]);
    }

    [Fact]
    public void A_cluster_tells_how_many_sessions_and_users_a_failure_met_and_when()
    {
        var clusters = EvidenceCluster.Of(
        [
            Report(3, "a") with { UserId = "ada", SessionId = "1" }, Report(1, "b"), Report(9, "a") with { UserId = "ada", SessionId = "2" },
            Report(5, "a") with { UserId = null, SessionId = "2" },
        ]);

        clusters.Select(cluster => (cluster.Fingerprint, cluster.Reports)).ShouldBe([("a", 3), ("b", 1)]);
        (clusters[0].Sessions, clusters[0].Users).ShouldBe((2, 1));
        (clusters[0].FirstAt, clusters[0].LastAt).ShouldBe((Opened.AddMinutes(3), Opened.AddMinutes(9)));
    }

    [Fact]
    public void Evidence_that_was_stored_without_a_fingerprint_is_clustered_by_its_scenario() =>
        EvidenceCluster.Of([Report(1, ""), Report(2, ""), Report(3, "") with { Scenario = "two" }]).Select(cluster => cluster.Reports).ShouldBe([2, 1]);

    private static EvidenceAdded Report(int minute, string fingerprint = "f") => new(
        Guid.NewGuid(), "one", "session", null, null, Opened.AddMinutes(minute), "", "", null, 0, fingerprint);

    private static Batch Fold(params IEnumerable<object> events) => events.Aggregate(Batch.Empty, (batch, data) => batch.Apply(data, Opened));
}
