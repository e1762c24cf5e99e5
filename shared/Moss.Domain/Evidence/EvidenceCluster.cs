using System.Collections.Immutable;

namespace Moss.Domain.Evidence;

/// <summary>Reports of one failure, over all sessions and users.</summary>
/// <param name="Fingerprint">What they have in common.</param>
/// <param name="Scenario">The scenario that replays it.</param>
/// <param name="Reports">How many there are.</param>
/// <param name="Sessions">In how many sessions, as far as known.</param>
/// <param name="Users">To how many users, as far as known.</param>
/// <param name="FirstAt">When it happened first.</param>
/// <param name="LastAt">When it happened last.</param>
public sealed record EvidenceCluster(
    string Fingerprint, string Scenario, int Reports, int Sessions, int Users, DateTimeOffset FirstAt, DateTimeOffset LastAt)
{
    /// <summary>The clusters of some evidence, the one with the most reports first.</summary>
    public static ImmutableArray<EvidenceCluster> Of(IEnumerable<EvidenceAdded> evidence) =>
    [
        .. evidence.GroupBy(item => (item.Scenario, item.Fingerprint))
            .Select(group => new EvidenceCluster(
                group.Key.Fingerprint, group.Key.Scenario, group.Count(), Different(group, item => item.SessionId), Different(group, item => item.UserId),
                group.Min(item => item.OccurredAt), group.Max(item => item.OccurredAt)))
            .OrderByDescending(cluster => cluster.Reports).ThenBy(cluster => cluster.Scenario, StringComparer.Ordinal)
            .ThenBy(cluster => cluster.Fingerprint, StringComparer.Ordinal),
    ];

    private static int Different(IEnumerable<EvidenceAdded> evidence, Func<EvidenceAdded, string?> id) =>
        evidence.Select(id).OfType<string>().Distinct(StringComparer.Ordinal).Count();
}
