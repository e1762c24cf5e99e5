using System.Net;

namespace Moss.Services.Tests.Deployment.Overseeing;

/// <summary>The routes below /api/oversight.</summary>
public sealed class OversightEndpointTests : IAsyncLifetime
{
    private OversightBench bench = null!;
    private string head = null!;
    private DeploymentSite site = null!;

    public async Task InitializeAsync()
    {
        bench = await OversightBench.ServingAsync();
        head = await bench.PromotedAsync("one.py");
        site = await DeploymentSite.StartAsync("/api/oversight", services => OversightLife.Compose(services, bench, KillSwitch.Never));
    }

    public async Task DisposeAsync()
    {
        await site.DisposeAsync();
        await bench.DisposeAsync();
    }

    [Fact]
    public async Task The_review_is_a_document_and_a_page()
    {
        var review = await site.GetAsync("desk");
        using var page = await site.Client.GetAsync(site.At("desk/page"));

        review["head"]!.GetValue<string>().ShouldBe(head);
        review["standing"]!.GetValue<string>().ShouldBe("gathering");
        (review["declared"]!.GetValue<bool>(), review["keyProblem"]).ShouldBe((true, null));
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/markdown");
        (await page.Content.ReadAsStringAsync()).ShouldBe(review["page"]!.GetValue<string>());
        (await site.GetAsync("desk/guard"))["standing"]!.GetValue<string>().ShouldBe("open");
    }

    [Fact]
    public async Task Signing_answers_with_the_merge()
    {
        var signed = await site.PostAsync("desk/sign", new { head, by = " ada " }, HttpStatusCode.OK);

        signed["merge"]!.GetValue<string>().ShouldBe(bench.Stable);
        signed["by"]!.GetValue<string>().ShouldBe("ada");
    }

    [Fact]
    public async Task Refusing_answers_with_what_was_refused()
    {
        var refused = await site.PostAsync("desk/refuse", new { head, by = "ada", why = "no" }, HttpStatusCode.OK);

        refused["done"]!.GetValue<bool>().ShouldBeTrue();
        refused["commits"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe(head);
        refused["backTo"]!.GetValue<string>().ShouldBe(bench.Base);
    }

    [Theory]
    [InlineData("sign", "c0ffee", "ada", null, "head")]
    [InlineData("sign", null, "ada", null, "head")]
    [InlineData("sign", "", " ", null, "head")]
    [InlineData("refuse", "0000000000000000000000000000000000000000", "ada", "  ", "why")]
    [InlineData("refuse", "0000000000000000000000000000000000000000", "a\nb", "no", "by")]
    public async Task A_request_that_is_not_whole_is_invalid_and_does_nothing(string verb, string? sent, string by, string? why, string field)
    {
        var problem = await site.PostAsync($"desk/{verb}", new { head = sent, by, why }, HttpStatusCode.BadRequest);

        problem["field"]!.GetValue<string>().ShouldBe(field);
        problem["fix"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Another_head_is_a_conflict_with_the_fix()
    {
        var problem = await site.PostAsync("desk/sign", new { head = bench.Base, by = "ada" }, HttpStatusCode.Conflict);

        problem["field"]!.GetValue<string>().ShouldBe("head");
        problem["fix"]!.GetValue<string>().ShouldContain("moss oversight review desk");
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("nobody/page")]
    [InlineData("nobody/guard")]
    public async Task An_unknown_substrate_is_missing(string path)
    {
        using var answer = await site.Client.GetAsync(site.At(path));

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await site.PostAsync("nobody/sign", new { head, by = "ada" }, HttpStatusCode.NotFound))["field"]!.GetValue<string>().ShouldBe("substrate");
    }
}
