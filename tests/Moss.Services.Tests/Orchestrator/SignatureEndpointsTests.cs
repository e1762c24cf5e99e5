using System.Text.Json;
using Moss.Domain.Consents;
using Moss.Domain.Evolution;
using Moss.Domain.Promotion;
using Moss.Domain.Tests.Evolution;

namespace Moss.Services.Tests.Orchestrator;

/// <summary>Over HTTP an approver reads what there is to sign, and signs it.</summary>
public sealed class SignatureEndpointsTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private readonly EvolutionFacts facts = new(Guid.NewGuid());

    private string Url => $"/api/evolutions/{facts.Id}/consent";

    [Fact]
    public async Task The_text_to_sign_names_the_candidate_the_ruling_and_what_would_be_replaced()
    {
        await GiveAsync(1);
        await ServeAsync();

        var (claim, _) = await ClaimAsync("ada");

        var timeline = (await bench.GetAsync($"/api/evolutions/{facts.Id}/timeline")).Body.EnumerateArray();
        claim.Subject.ShouldBe(Signing.SubjectOf(facts.Id) with
        {
            Target = $"desk-{facts.Id:n}",
            Verdict = timeline.Single(entry => entry.GetProperty("name").GetString() == "evolution.iteration-ruled.v1").GetProperty("hash").GetString(),
        });
        (claim.Approver, claim.Expires - claim.Issued).ShouldBe(("ada", TimeSpan.FromHours(24)));
    }

    [Fact]
    public async Task No_two_texts_are_the_same()
    {
        await GiveAsync(1);

        (await ClaimAsync("ada")).Text.ShouldNotBe((await ClaimAsync("ada")).Text);
    }

    [Fact]
    public async Task A_signature_of_that_text_starts_the_promotion()
    {
        await GiveAsync(1);

        (await SignAsync("ada")).Status.ShouldBe(202);

        (await bench.ReachedAsync(facts.Id, Phase.Promoting)).Consent!.Approver.ShouldBe("ada");
    }

    [Fact]
    public async Task The_question_says_who_has_to_sign_and_who_has()
    {
        await GiveAsync(2);
        await SignAsync("bea");
        await bench.UntilAsync(facts.Id, state => state.Signatures.Length == 1);

        var signing = (await bench.GetAsync(Url)).Body.GetProperty("signing");

        Texts(signing.GetProperty("approvers")).ShouldBe(["ada", "bea"]);
        signing.GetProperty("quorum").GetInt32().ShouldBe(2);
        Texts(signing.GetProperty("signedBy")).ShouldBe(["bea"]);
    }

    [Fact]
    public async Task A_yes_without_a_signature_is_refused_with_what_to_do_and_a_no_is_taken()
    {
        await GiveAsync(1);

        var (status, body) = await bench.PostAsync(Url, Decision("approve"));
        status.ShouldBe(409);
        body.GetProperty("detail").GetString()!.ShouldContain("1 of ada, bea");
        body.GetProperty("fix").GetString()!.ShouldContain("moss evo sign");

        (await bench.PostAsync(Url, Decision("refuse"))).Status.ShouldBe(202);
        await bench.ReachedAsync(facts.Id, Phase.Concluded);
    }

    [Theory]
    [InlineData("approver: ada", "approver: bea", "signature")]
    [InlineData("moss-consent-v1", "moss-consent-v2", "version")]
    [InlineData("substrate: desk", "substrate: till", "signature")]
    public async Task A_text_that_was_changed_is_refused_and_the_field_is_named(string from, string to, string field)
    {
        await GiveAsync(1);
        var (_, text) = await ClaimAsync("ada");

        var refused = await bench.PostAsync(
            $"{Url}/signatures", new { text = text.Replace(from, to, StringComparison.Ordinal), signature = Signing.KeyOf("ada").Sign(text) });

        Refuses(refused, 400, field);
    }

    [Fact]
    public async Task A_signature_for_what_no_longer_serves_is_refused_and_the_new_text_counts()
    {
        await GiveAsync(1);
        var (_, text) = await ClaimAsync("ada");
        await ServeAsync();

        Refuses(await bench.PostAsync($"{Url}/signatures", new { text, signature = Signing.KeyOf("ada").Sign(text) }), 400, "target");
        (await SignAsync("ada")).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Nobody_else_is_given_a_text_to_sign()
    {
        await GiveAsync(1);

        Refuses(await bench.GetAsync($"{Url}/claim?approver=mallory"), 400, "approver");
        Refuses(await bench.GetAsync($"{Url}/claim"), 400, "approver");
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "x")]
    [InlineData("x", null)]
    public async Task A_signature_without_a_text_is_refused(string? text, string? signature)
    {
        await GiveAsync(1);

        Refuses(await bench.PostAsync($"{Url}/signatures", new { text, signature }), 400, "text");
    }

    [Fact]
    public async Task Where_nothing_has_to_be_signed_there_is_nothing_to_sign()
    {
        await bench.GiveAsync(facts.Id, TimeSpan.Zero, facts.UpTo(Phase.AwaitingConsent));

        Refuses(await bench.GetAsync($"{Url}/claim?approver=ada"), 409, "id");
        Refuses(await bench.PostAsync($"{Url}/signatures", new { text = "x", signature = "y" }), 409, "id");
        (await bench.GetAsync(Url)).Body.GetProperty("signing").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Nothing_is_signed_before_it_is_asked_or_after_the_question_has_expired()
    {
        Refuses(await bench.GetAsync($"{Url}/claim?approver=ada"), 404, "id");

        await GiveAsync(1, Offers.Window + TimeSpan.FromSeconds(1));
        Refuses(await bench.GetAsync($"{Url}/claim?approver=ada"), 400, "id");
        Refuses(await bench.PostAsync($"{Url}/signatures", new { text = "x", signature = "y" }), 400, "id");
    }

    private Task GiveAsync(int quorum, TimeSpan age = default) => bench.GiveAsync(
        facts.Id, age, facts.UpTo(Phase.AwaitingConsent, facts.Started() with { Consent = Signing.Terms(quorum) }));

    /// <summary>The substrates of all these tests have one name, so each serves what it is told last.</summary>
    private Task ServeAsync() => bench.GiveDeploymentAsync("desk", new InstanceServing(
        new Instance($"desk-{facts.Id:n}", new DeployedVersion(EvolutionFacts.BaseCommit, EvolutionFacts.BaseCommit, EvolutionFacts.BaseCommit), 0), null,
        ServingCause.Start, bench.Clock.GetUtcNow()));

    private async Task<(ConsentClaim Claim, string Text)> ClaimAsync(string approver)
    {
        var (status, body) = await bench.GetAsync($"{Url}/claim?approver={approver}");
        status.ShouldBe(200);
        var text = body.GetProperty("text").GetString()!;
        return (ConsentText.Read(text).ShouldBeOfType<ConsentReading.Claimed>().Claim, text);
    }

    private async Task<(int Status, JsonElement Body)> SignAsync(string approver)
    {
        var (_, text) = await ClaimAsync(approver);
        return await bench.PostAsync($"{Url}/signatures", new { text, signature = Signing.KeyOf(approver).Sign(text) });
    }

    private static object Decision(string decision) =>
        new { decision, commit = EvolutionFacts.Repair.Commit, tree = EvolutionFacts.Repair.Tree, approver = "ada", reason = "so" };

    private static IEnumerable<string?> Texts(JsonElement list) => list.EnumerateArray().Select(text => text.GetString());

    private static void Refuses((int Status, JsonElement Body) answer, int status, string field)
    {
        (answer.Status, answer.Body.GetProperty("field").GetString()).ShouldBe((status, field));
        answer.Body.GetProperty("fix").GetString().ShouldNotBeNullOrWhiteSpace();
    }
}
