using System.Text.Json;
using Moss.Domain.Consents;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.EventStore;

namespace Moss.Orchestrator.Subscribing;

/// <summary>A CloudEvent and where it goes.</summary>
internal sealed record Notice(string RoutingKey, CloudEvent Event);

/// <summary>What subscribers are told of an event.</summary>
internal static class Notices
{
    public const string Source = "urn:moss:evolutions";

    /// <summary>False for an event that subscribers hear nothing of.</summary>
    public static bool Tells(object fact) => fact is EvolutionStarted or EvolutionRestarted or IterationRuled or ConsentRequested or Facts.ConsentSigned
        or Facts.CandidatePromoted or Facts.PromotionRolledBack or Facts.PromotionRefused or Facts.EvolutionEnded
        or RolledBackInProduction;

    /// <summary>The notice of an event that <see cref="Tells"/>.</summary>
    /// <param name="stored">The event.</param>
    /// <param name="state">Its evolution up to and with it.</param>
    public static Notice Of(StoredEvent stored, EvolutionState state)
    {
        var (id, substrate, version) = (state.Start!.Evolution, state.Start.Substrate, stored.Version);
        return stored.Data switch
        {
            EvolutionStarted e => Make(Topics.Started, new EvolutionStartedData(
                id, substrate, version, e.Batch, e.BaseCommit, e.Scenarios, e.Depth.ToString(), e.RequestedBy)),
            EvolutionRestarted e => Make(Topics.Restarted, new EvolutionRestartedData(id, substrate, version, e.By)),
            IterationRuled e => Make(Topics.Verdict, new VerdictData(
                id, substrate, version, e.Iteration, e.Verdict.ToString(), e.Reason, e.Final, state.Change?.Commit, e.PValue, e.Alpha,
                e.BaselineMean, e.CandidateMean), e.Verdict),
            ConsentRequested e => Make(Topics.ConsentRequested, new ConsentRequestedData(
                id, substrate, version, e.Commit, e.Tree, e.DiffArtifact, e.Image, stored.Metadata.Time + e.Window)),
            Facts.ConsentSigned e => Make(Topics.ConsentSigned, SignedData(e)),
            Facts.CandidatePromoted e => Make(Topics.Promoted, new PromotionPromotedData(id, substrate, version, e.Commit, e.DowntimeSeconds)),
            Facts.PromotionRolledBack e => Make(Topics.RolledBack, new PromotionRolledBackData(
                id, substrate, version, e.Commit, e.LastKnownGood, e.Reason)),
            Facts.PromotionRefused e => Make(Topics.Refused, new PromotionRefusedData(id, substrate, version, e.Ground, e.Reason)),
            RolledBackInProduction e => Make(Topics.ProductionRolledBack, new ProductionRolledBackData(
                id, substrate, version, state.Start.Batch, e.Commit, e.LastKnownGood, e.Reason, e.By)),
            Facts.EvolutionEnded e => Make(Topics.Ended, new EvolutionEndedData(
                id, substrate, version, state.Start.Batch, e.Verdict.ToString(), e.Reason, e.Promoted, e.RolledBack, state.Change?.Commit), e.Verdict),
            var other => throw new ArgumentOutOfRangeException(nameof(stored), other.GetType().Name, "nobody is told of this event"),
        };

        ConsentSignedData SignedData(Facts.ConsentSigned signed)
        {
            var approvers = SignedOffers.Quorum(state, stored.Metadata.Time) switch
            {
                QuorumRuling.Reached reached => reached.Approvers,
                QuorumRuling.Missing missing => missing.Approvers,
                var other => throw new InvalidOperationException($"unknown ruling {other}"),
            };
            return new(id, substrate, version, state.ConsentAsked!.Value.Request.Commit, signed.Approver, approvers, state.Start.Consent!.Quorum);
        }

        Notice Make(Topic topic, NoticeData data, Verdict? verdict = null) => new(
            topic.RoutingKey.Replace("{verdict}", WordOf(verdict), StringComparison.Ordinal).Replace("{substrate}", substrate, StringComparison.Ordinal),
            new CloudEvent("1.0", stored.Id, Source, topic.Type, id.ToString(), stored.Metadata.Time, "application/json", topic.Schema, data));
    }

    /// <summary>A verdict as one word of a routing key: <c>need-more-work</c>.</summary>
    public static string WordOf(Verdict? verdict) =>
        verdict is { } given ? JsonNamingPolicy.KebabCaseLower.ConvertName(given.ToString()) : "";
}
