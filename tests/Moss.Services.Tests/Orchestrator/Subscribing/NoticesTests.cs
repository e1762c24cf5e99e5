using System.Text.Json;
using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using Moss.Domain.Tests.Evolution;
using Moss.Orchestrator.Subscribing;
using Moss.ServiceDefaults.Bus.Broker;

namespace Moss.Services.Tests.Orchestrator.Subscribing;

/// <summary>What subscribers are told of which event.</summary>
public sealed class NoticesTests
{
    private readonly EvolutionFacts facts = new();

    [Fact]
    public void A_verdict_is_a_cloud_event_with_everything_that_was_ruled()
    {
        var (message, id) = Tell([facts.Started(), facts.Requested(Stage.Locate), facts.Committed(), facts.Ruled(1, Verdict.Converged, final: true)]);

        message.RoutingKey.ShouldBe("verdict.converged.desk");
        message.ContentType.ShouldBe("application/cloudevents+json");
        message.Id.ShouldBe(id.ToString());
        message.Json().ShouldSay($$"""
            {
              "specversion": "1.0", "id": "{{id}}", "source": "urn:moss:evolutions", "type": "dev.moss.verdict.v1", "subject": "{{facts.Id}}",
              "time": "2026-01-05T09:00:00+00:00", "datacontenttype": "application/json", "dataschema": "urn:moss:schema:verdict.v1",
              "data": {
                "iteration": 1, "verdict": "Converged", "reason": "as ruled", "final": true, "commit": "{{EvolutionFacts.Repair.Commit}}",
                "alpha": 0.01, "baselineMean": 0, "candidateMean": 0, "evolution": "{{facts.Id}}", "substrate": "desk", "version": 3
              }
            }
            """);
    }

    [Fact]
    public void Names_of_scenarios_that_agents_must_not_see_are_not_told() =>
        Tell([facts.Started(), facts.Ruled(1, Verdict.Regressed)]).Message.Json().ToString().ShouldNotContain("with names");

    [Fact]
    public void An_end_tells_its_batch_and_its_last_candidate()
    {
        var (message, _) = Tell([facts.Started(), facts.Requested(Stage.Locate), facts.Committed(), new EvolutionEnded(Verdict.BudgetExhausted, "spent", false, false)]);

        message.RoutingKey.ShouldBe("evolution.ended.budget-exhausted.desk");
        message.Json().GetProperty("data").ShouldSay($$"""
            {
              "batch": "{{facts.Id}}", "verdict": "BudgetExhausted", "reason": "spent", "promoted": false, "rolledBack": false,
              "commit": "{{EvolutionFacts.Repair.Commit}}", "evolution": "{{facts.Id}}", "substrate": "desk", "version": 3
            }
            """);
    }

    [Fact]
    public void A_question_to_a_person_tells_until_when_it_may_be_answered() =>
        Tell([facts.Started(), facts.Asked()]).Message.Json().GetProperty("data").GetProperty("expiresAt").GetDateTimeOffset()
            .ShouldBe(EvolutionFacts.Monday + Offers.Window);

    [Theory]
    [InlineData("", "ada", "ada")]
    [InlineData("ada", "bea", "ada bea")]
    [InlineData("ada", "ada", "ada")]
    public void A_signature_tells_whose_count_by_now_and_how_many_it_takes(string before, string approver, string counted)
    {
        var (message, _) = Tell([.. AskedToSign(), .. before.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(By), By(approver)]);

        message.RoutingKey.ShouldBe("consent.signed.desk");
        var data = message.Json().GetProperty("data");
        data.GetProperty("commit").GetString().ShouldBe(EvolutionFacts.Repair.Commit);
        data.GetProperty("approver").GetString().ShouldBe(approver);
        data.GetProperty("approvers").EnumerateArray().Select(name => name.GetString()).ShouldBe(counted.Split(' '));
        data.GetProperty("needed").GetInt32().ShouldBe(2);
        message.Json().ToString().ShouldNotContain("moss-consent-v1");
    }

    [Fact]
    public void Every_event_that_is_told_goes_where_the_table_says()
    {
        object[] told =
        [
            facts.Started(), new EvolutionRestarted("ann"), facts.Ruled(1, Verdict.NeedMoreWork), facts.Asked(), By("ada"),
            new CandidatePromoted(facts.Key(Stage.Promote), "new", 0.5), new PromotionRolledBack(facts.Key(Stage.Promote), "new", "old", "ill"),
            new PromotionRefused(facts.Key(Stage.Promote), "Consent", "expired"), new EvolutionEnded(Verdict.NotReproduced, "none fails", false, false),
            new RolledBackInProduction("new", "old", "too many failures", "watch"),
        ];

        var messages = told.Select(fact => Tell([.. AskedToSign(), fact]).Message).ToList();

        messages.Select(message => message.RoutingKey).ShouldBe(
        [
            "evolution.started.desk", "evolution.restarted.desk", "verdict.need-more-work.desk", "consent.requested.desk", "consent.signed.desk",
            "promotion.promoted.desk", "promotion.rolledback.desk", "promotion.refused.desk", "evolution.ended.not-reproduced.desk", "production.rolledback.desk",
        ]);
        messages.Select(message => message.Type).ShouldBe(Topics.All.Select(topic => topic.Type));
        messages.ShouldAllBe(message => message.Json().GetProperty("type").GetString() == message.Type);
    }

    [Fact]
    public void Of_every_other_event_nobody_hears()
    {
        Type[] told =
        [
            typeof(EvolutionStarted), typeof(EvolutionRestarted), typeof(IterationRuled), typeof(ConsentRequested), typeof(CandidatePromoted),
            typeof(PromotionRolledBack), typeof(PromotionRefused), typeof(EvolutionEnded),
        ];

        facts.UpTo(Phase.Promoting).Where(fact => !told.Contains(fact.GetType())).ShouldAllBe(fact => !Notices.Tells(fact));
    }

    [Fact]
    public void The_same_event_gives_the_same_bytes()
    {
        var stored = facts.Stored(facts.Started(), facts.Ruled(1, Verdict.Converged))[^1];
        var state = EvolutionFacts.Fold(facts.Started(), facts.Ruled(1, Verdict.Converged));

        byte[] Bytes() => Notices.Of(stored, state).Event.ToMessage("key").Body.ToArray();

        Bytes().ShouldBe(Bytes());
    }

    [Fact]
    public void The_longest_routing_key_is_shorter_than_the_broker_allows()
    {
        var verdict = Enum.GetValues<Verdict>().MaxBy(verdict => Notices.WordOf(verdict).Length);

        Topics.All.Max(topic => topic.RoutingKey.Length + Notices.WordOf(verdict).Length + 40).ShouldBeLessThan(255);
    }

    private IEnumerable<object> AskedToSign() => [facts.Started() with { Consent = Signing.Terms(quorum: 2) }, facts.Asked()];

    private ConsentSigned By(string approver)
    {
        var consent = Signing.By(approver, Signing.KeyOf(approver), Signing.SubjectOf(facts.Id), EvolutionFacts.Monday);
        return new(approver, consent.Text, consent.Signature);
    }

    private (TopicMessage Message, Guid Id) Tell(IReadOnlyList<object> events)
    {
        var stored = facts.Stored(events)[^1];
        Notices.Tells(stored.Data).ShouldBeTrue();
        var notice = Notices.Of(stored, EvolutionFacts.Fold(events));
        return (notice.Event.ToMessage(notice.RoutingKey), stored.Id);
    }
}

internal static class JsonSays
{
    public static void ShouldSay(this JsonElement actual, string expected) =>
        JsonElement.DeepEquals(actual, JsonDocument.Parse(expected).RootElement).ShouldBeTrue($"it says {actual}");
}
