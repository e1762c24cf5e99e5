using System.Text;
using System.Text.Json;
using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;

namespace Moss.Services.Tests.Orchestrator;

public sealed class ApiTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private readonly EvolutionFacts facts = new(Guid.NewGuid());

    private string Url => $"/api/evolutions/{facts.Id}";

    public static TheoryData<Phase> Over => [Phase.Promoted, Phase.RolledBack, Phase.Concluded, Phase.Stopped, Phase.Failed];

    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "/timeline")]
    [InlineData("GET", "/stream")]
    [InlineData("GET", "/consent")]
    [InlineData("GET", "/verdict")]
    [InlineData("POST", "/consent")]
    [InlineData("POST", "/stop")]
    [InlineData("POST", "/restart")]
    public async Task An_unknown_id_is_missing(string method, string path)
    {
        var answer = method == "GET" ? await bench.GetAsync(Url + path) : await bench.PostAsync(Url + path, new { by = "ann" });

        Refuses(answer, 404, "id", facts.Id.ToString());
    }

    [Fact]
    public async Task An_evolution_shows_where_it_stands()
    {
        await GiveAsync(Phase.AwaitingConsent);

        var (status, body) = await bench.GetAsync(Url);

        status.ShouldBe(200);
        body.GetProperty("phase").GetString().ShouldBe("AwaitingConsent");
        body.GetProperty("ruling").GetProperty("verdict").GetString().ShouldBe("Converged");
        body.GetProperty("change").GetProperty("commit").GetString().ShouldBe(EvolutionFacts.Repair.Commit);
        body.GetProperty("scenarioResults").EnumerateArray().Select(row => row.GetProperty("scenario").GetString()).ShouldBe(["one", "two", "kept"]);
    }

    [Fact]
    public async Task Evolutions_are_listed_by_substrate_and_batch()
    {
        await GiveAsync(Phase.Planning);

        Ids(await bench.GetAsync($"/api/evolutions?batch={facts.Id}")).ShouldBe([facts.Id]);
        Ids(await bench.GetAsync("/api/evolutions?substrate=desk")).ShouldContain(facts.Id);
        Ids(await bench.GetAsync("/api/evolutions?substrate=another")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_timeline_tells_every_event()
    {
        await GiveAsync(Phase.Locating);

        var (_, body) = await bench.GetAsync($"{Url}/timeline");

        body.EnumerateArray().Select(entry => entry.GetProperty("name").GetString()).ShouldBe(
            ["evolution.started.v1", "evolution.stage-requested.v1", "evolution.baseline-measured.v1", "evolution.stage-requested.v1"]);
    }

    [Fact]
    public async Task The_stream_ends_with_the_evolution()
    {
        await GiveAsync(Phase.Locating, ending: Endings.Stopped("ann"));

        var text = await bench.Client.GetStringAsync($"{Url}/stream?from=3");

        text.ShouldContain("event: evolution.ended.v1");
        text.ShouldNotContain("event: evolution.started.v1");
    }

    [Fact]
    public async Task Who_has_read_the_end_is_not_kept_waiting()
    {
        await GiveAsync(Phase.Locating, ending: Endings.Stopped("ann"));

        (await bench.Client.GetStringAsync($"{Url}/stream?from=5").WaitAsync(TimeSpan.FromSeconds(60))).ShouldNotContain("event:");
    }

    [Fact]
    public async Task Who_follows_right_after_asking_for_a_restart_sees_it_go_on()
    {
        await GiveAsync(Phase.Locating, ending: Endings.Stopped("ann"));
        (await bench.PostAsync($"{Url}/restart", new { by = "ann" })).Status.ShouldBe(202);

        using var text = new StreamReader(await bench.Client.GetStreamAsync($"{Url}/stream"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        string? line;
        do
        {
            line = await text.ReadLineAsync(patience.Token);
        }
        while (line is not (null or "event: evolution.restarted.v1"));

        line.ShouldBe("event: evolution.restarted.v1");
    }

    [Fact]
    public async Task A_stop_stops_it()
    {
        await GiveAsync(Phase.Planning);

        (await bench.PostAsync($"{Url}/stop", new { by = "ann" })).Status.ShouldBe(202);

        (await bench.ReachedAsync(facts.Id, Phase.Stopped)).Ending!.Reason.ShouldBe("stopped by ann");
    }

    [Theory]
    [MemberData(nameof(Over))]
    public async Task What_is_over_cannot_be_stopped(Phase phase)
    {
        await GiveOverAsync(phase);

        Refuses(await bench.PostAsync($"{Url}/stop", new { by = "ann" }), 409, "id", phase.ToString());
    }

    [Fact]
    public async Task A_promotion_cannot_be_stopped()
    {
        await GiveAsync(Phase.Promoting);

        Refuses(await bench.PostAsync($"{Url}/stop", new { by = "ann" }), 409, "id", "Promoting");
    }

    [Fact]
    public async Task What_was_stopped_goes_on_after_a_restart()
    {
        await GiveAsync(Phase.Planning, ending: Endings.Stopped("ann"));

        (await bench.PostAsync($"{Url}/restart", new { by = "bea" })).Status.ShouldBe(202);

        (await bench.ReachedAsync(facts.Id, Phase.Planning)).Current.ShouldBe(facts.Key(Stage.Plan));
    }

    [Fact]
    public async Task What_runs_is_not_restarted()
    {
        await GiveAsync(Phase.Planning);

        Refuses(await bench.PostAsync($"{Url}/restart", new { by = "ann" }), 409, "id", "Planning");
    }

    [Fact]
    public async Task The_question_names_exactly_what_is_asked()
    {
        await GiveAsync(Phase.AwaitingConsent);

        var (status, body) = await bench.GetAsync($"{Url}/consent");

        status.ShouldBe(200);
        body.GetProperty("commit").GetString().ShouldBe(EvolutionFacts.Repair.Commit);
        body.GetProperty("tree").GetString().ShouldBe(EvolutionFacts.Repair.Tree);
        body.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(bench.Clock.GetUtcNow() + Offers.Window);
    }

    [Fact]
    public async Task Nobody_consents_to_what_is_not_asked()
    {
        await GiveAsync(Phase.Judging);

        Refuses(await bench.GetAsync($"{Url}/consent"), 409, "id", "asks for no consent");
        Refuses(await bench.PostAsync($"{Url}/consent", Decision()), 409, "id", "asks for no consent");
    }

    [Fact]
    public async Task Consent_starts_the_promotion()
    {
        await GiveAsync(Phase.AwaitingConsent);

        (await bench.PostAsync($"{Url}/consent", Decision())).Status.ShouldBe(202);

        (await bench.ReachedAsync(facts.Id, Phase.Promoting)).Consent!.Approver.ShouldBe("bea");
    }

    [Fact]
    public async Task A_refusal_ends_it()
    {
        await GiveAsync(Phase.AwaitingConsent);

        await bench.PostAsync($"{Url}/consent", Decision(decision: "refuse", reason: "too much"));

        (await bench.ReachedAsync(facts.Id, Phase.Concluded)).Ending!.Reason.ShouldBe("bea refused consent: too much");
    }

    [Theory]
    [InlineData("decision", "yes", null, null, "bea")]
    [InlineData("decision", null, null, null, "bea")]
    [InlineData("approver", "approve", null, null, " ")]
    [InlineData("commit", "approve", "deadbeef", null, "bea")]
    [InlineData("tree", "approve", null, "deadbeef", "bea")]
    public async Task A_wrong_answer_is_refused_with_the_field_that_is_wrong(string field, string? decision, string? commit, string? tree, string approver)
    {
        await GiveAsync(Phase.AwaitingConsent);

        Refuses(await bench.PostAsync($"{Url}/consent", Decision(decision, commit, tree, approver)), 400, field, "");
        (await bench.ReachedAsync(facts.Id, Phase.AwaitingConsent)).Consent.ShouldBeNull();
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        await GiveAsync(Phase.AwaitingConsent);

        var (status, body) = await bench.PostAsync($"{Url}/consent", new { });

        status.ShouldBe(400);
        body.GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("field").GetString())
            .ShouldBe(["decision", "approver", "commit", "tree"]);
    }

    [Fact]
    public async Task Consent_after_the_question_has_expired_is_refused()
    {
        await GiveAsync(Phase.AwaitingConsent, Offers.Window + TimeSpan.FromSeconds(1));

        Refuses(await bench.PostAsync($"{Url}/consent", Decision()), 400, "id", "expired");
    }

    [Theory]
    [InlineData("{ \"by\": 7 }")]
    [InlineData("{ \"by\": ")]
    [InlineData("")]
    public async Task A_malformed_body_is_refused_with_what_to_send(string json)
    {
        await GiveAsync(Phase.Planning);

        Refuses(await bench.PostAsync($"{Url}/stop", new StringContent(json, Encoding.UTF8, "application/json")), 400, null, "");
    }

    [Fact]
    public async Task An_artifact_is_found_by_its_hash()
    {
        var hash = await bench.Artifacts.KeepAsync("a diff"u8.ToArray(), CancellationToken.None);

        (await bench.Client.GetStringAsync($"/api/artifacts/{hash}")).ShouldBe("a diff");
        Refuses(await bench.GetAsync($"/api/artifacts/{new string('0', 64)}"), 404, "hash", "there is no artifact");
        Refuses(await bench.GetAsync("/api/artifacts/ABC"), 400, "hash", "no artifact hash");
    }

    [Fact]
    public async Task History_can_be_verified()
    {
        await GiveAsync(Phase.Planning);

        (await bench.GetAsync("/api/audit/verify")).Body.GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    private Task GiveAsync(Phase phase, TimeSpan age = default, EvolutionEnded? ending = null) =>
        bench.GiveAsync(facts.Id, age, ending is null ? facts.UpTo(phase) : [.. facts.UpTo(phase), ending]);

    private Task GiveOverAsync(Phase phase) => GiveAsync(Phase.Promoting, ending: phase switch
    {
        Phase.Stopped => Endings.Stopped("ann"),
        Phase.Failed => new(Moss.Domain.Judgement.Verdict.Failed, "so", false, false),
        _ => new(Moss.Domain.Judgement.Verdict.Converged, "so", phase == Phase.Promoted, phase == Phase.RolledBack),
    });

    private static object Decision(
        string? decision = "approve", string? commit = null, string? tree = null, string approver = "bea", string? reason = null) => new
    {
        decision,
        commit = commit ?? EvolutionFacts.Repair.Commit,
        tree = tree ?? EvolutionFacts.Repair.Tree,
        approver,
        reason,
    };

    private static IEnumerable<Guid> Ids((int Status, JsonElement Body) answer) =>
        answer.Body.EnumerateArray().Select(evolution => evolution.GetProperty("id").GetGuid());

    private static void Refuses((int Status, JsonElement Body) answer, int status, string? field, string detail)
    {
        answer.Status.ShouldBe(status);
        var named = answer.Body.GetProperty("field").GetString();
        (field is null ? named!.Length > 0 : named == field).ShouldBeTrue(named);
        answer.Body.GetProperty("detail").GetString()!.ShouldContain(detail);
        answer.Body.GetProperty("fix").GetString().ShouldNotBeNullOrWhiteSpace();
    }
}
