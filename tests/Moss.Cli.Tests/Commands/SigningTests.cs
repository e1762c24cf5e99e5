using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Moss.Cli.Api;
using Moss.Cli.Features;
using Moss.Cli.Tests.Running;
using Moss.Consents;
using Moss.Domain.Consents;
using Moss.Testing;

namespace Moss.Cli.Tests.Commands;

/// <summary>What an approver signs is shown first, and is what was asked and shown, whatever the server says.</summary>
public sealed class SigningTests : IAsyncLifetime, IDisposable
{
    private const string Diff = "--- a/till.py\n+++ b/till.py\n-    return 1000\n+    return 100\n";

    private static readonly PrivateKey Key = PrivateKey.Of(Enumerable.Repeat((byte)1, PrivateKey.SeedBytes).ToArray());

    private readonly FakeMoss moss = new();
    private readonly TemporaryFolder folder = new();
    private readonly ConsentView question = Sample.Question with { Image = "sha256:1", Signing = new(["ada", "bea"], 2, true, []) };

    private static string Id => Sample.EvolutionId.ToString();

    private string File => folder.Combine("ada.pem");

    private ConsentClaim True => ConsentClaim.Of(
        new(question.Substrate, question.Evolution, question.Commit, question.Tree, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Diff))))
        {
            Image = question.Image, Target = "till-1", Verdict = "70ad",
        },
        "ada", Sample.Monday, TimeSpan.FromHours(24), Sample.Monday.AddDays(7), Guid.Empty);

    public async Task InitializeAsync()
    {
        await moss.InitializeAsync();
        Sample.Teach(moss);
        moss.On($"GET /api/evolutions/{Id}/consent", question);
        moss.On($"GET /api/artifacts/{question.DiffArtifact}", context => context.Response.WriteAsync(Diff));
        moss.On($"POST /api/evolutions/{Id}/consent/signatures", context =>
        {
            context.Response.StatusCode = 202;
            return Task.CompletedTask;
        });
        Offers(True);
        KeyFile.Write(File, Key);
    }

    public Task DisposeAsync() => moss.DisposeAsync();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Exactly_the_text_of_the_server_is_signed_and_sent_with_its_signature()
    {
        var ran = await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada", "--yes");

        ran.Code.ShouldBe(ExitCodes.Done, ran.Error);
        var sent = Sent();
        sent.GetProperty("text").GetString().ShouldBe(ConsentText.Write(True));
        Key.Public.Verifies(ConsentText.Write(True), sent.GetProperty("signature").GetString()!).ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_signed_is_said_in_plain_words_with_the_diff()
    {
        var output = (await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada", "--yes")).Output;

        output.ShouldContain("+    return 100");
        output.ShouldContain("Converged: everything passes: one");
        output.ShouldContain($"till may run commit {Sample.Commit}");
        output.ShouldContain("as image sha256:1");
        output.ShouldContain("in place of till-1");
        output.ShouldContain("2026-01-06");
        output.ShouldContain("Signed as ada. It is promoted when 2 of the approvers have signed");
    }

    [Fact]
    public async Task What_would_be_lost_and_refused_where_it_runs_is_said_before()
    {
        moss.On($"GET /api/deployments/{question.Substrate}/outlook?commit={question.Commit}", new
        {
            substrate = question.Substrate, commit = question.Commit, refusals = new[] { "the disk is full" }, notices = new[] { "lost with the old container: /srv/cache" },
        });

        var output = (await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada", "--yes")).Output;

        output.ShouldContain("As things are it would be refused: the disk is full");
        output.ShouldContain("Know: lost with the old container: /srv/cache");
    }

    [Fact]
    public async Task Where_that_is_not_known_it_says_so() =>
        (await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada", "--yes")).Output.ShouldContain("is not known");

    [Fact]
    public async Task As_json_it_is_what_was_sent()
    {
        var ran = await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada", "--yes", "--json");

        ran.Json.GetProperty("text").GetString().ShouldBe(ConsentText.Write(True));
        (await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada", "--json")).Code.ShouldBe(ExitCodes.Usage);
    }

    [Fact]
    public async Task Nobody_signs_who_was_not_asked()
    {
        var ran = await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada");

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain("add --yes");
        moss.Requests.ShouldNotContain(request => request.Name.EndsWith("/signatures"));
    }

    [Theory]
    [InlineData("substrate")]
    [InlineData("evolution")]
    [InlineData("commit")]
    [InlineData("tree")]
    [InlineData("diff")]
    [InlineData("image")]
    [InlineData("approver")]
    [InlineData("text")]
    public async Task A_server_that_gives_something_else_to_sign_gets_no_signature(string field)
    {
        var subject = True.Subject;
        var claim = field switch
        {
            "substrate" => True with { Subject = subject with { Substrate = "desk" } },
            "evolution" => True with { Subject = subject with { Evolution = Guid.Empty } },
            "commit" => True with { Subject = subject with { Commit = "deadbeef" } },
            "tree" => True with { Subject = subject with { Tree = "deadbeef" } },
            "diff" => True with { Subject = subject with { Diff = "deadbeef" } },
            "image" => True with { Subject = subject with { Image = null } },
            _ => True with { Approver = "bea" },
        };
        Offers(field == "text" ? "Please sign here." : ConsentText.Write(claim));

        var ran = await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada", "--yes");

        ran.Code.ShouldBe(ExitCodes.NotReachable);
        ran.Error.ShouldContain("Nothing was signed");
        ran.Error.ShouldContain($"whose {field} is wrong");
        moss.Requests.ShouldNotContain(request => request.Name.EndsWith("/signatures"));
    }

    [Fact]
    public async Task A_refused_signature_is_told_as_the_server_says_it()
    {
        moss.On($"POST /api/evolutions/{Id}/consent/signatures", context =>
            Results.Problem("the consent's signature was not made with that key", statusCode: 400, title: "The request is not valid").ExecuteAsync(context));

        var ran = await RunAsync("evo", "sign", Id, "--key", File, "--as", "ada", "--yes");

        ran.Code.ShouldBe(ExitCodes.Refused);
        ran.Error.ShouldContain("signature was not made with that key");
    }

    [Fact]
    public async Task Apply_signs_and_waits_for_the_end()
    {
        moss.Streams(
            $"/api/evolutions/{Id}/stream", Sample.Entry("consent-requested", new { commit = question.Commit }, 1),
            Sample.Entry("consent-signed", new { approver = "ada" }, 2), Sample.Entry("ended", new { verdict = "Converged", reason = "everything passes" }, 3));

        var ran = await RunAsync("evo", "apply", Id, "--key", File, "--as", "ada", "--yes");

        ran.Code.ShouldBe(ExitCodes.Done, ran.Error);
        Sent().GetProperty("text").GetString().ShouldBe(ConsentText.Write(True));
        moss.Requests.ShouldNotContain(request => request.Name == $"POST /api/evolutions/{Id}/consent", "a yes without a signature means nothing here");
    }

    [Theory]
    [InlineData("--yes", "--key", "ada, bea")]
    [InlineData("--key FILE --yes", "--as", "whose it is")]
    [InlineData("--as ada --yes", "--key", "signs nothing")]
    [InlineData("--key /nowhere.pem --as ada --yes", "--key", "/nowhere.pem")]
    public async Task Apply_says_what_is_missing_to_sign(string words, string field, string problem)
    {
        var ran = await RunAsync(["evo", "apply", Id, .. words.Replace("FILE", File, StringComparison.Ordinal).Split(' ')]);

        ran.Code.ShouldBe(ExitCodes.Usage);
        ran.Error.ShouldContain($"{field}: ");
        ran.Error.ShouldContain(problem);
        moss.Requests.ShouldNotContain(request => request.Name.StartsWith("POST"));
    }

    [Fact]
    public async Task A_refusal_needs_no_signature()
    {
        (await RunAsync("evo", "apply", Id, "--refuse", "not on a Friday")).Code.ShouldBe(ExitCodes.Done);

        moss.Requests.Last(request => request.Name == $"POST /api/evolutions/{Id}/consent").Json.GetProperty("decision").GetString().ShouldBe("refuse");
    }

    [Fact]
    public async Task A_key_where_nothing_has_to_be_signed_is_wrong_usage()
    {
        moss.On($"GET /api/evolutions/{Id}/consent", Sample.Question);

        (await RunAsync("evo", "apply", Id, "--key", File, "--as", "ada", "--yes")).Error.ShouldContain("needs no signature");
    }

    private void Offers(ConsentClaim claim) => Offers(ConsentText.Write(claim));

    private void Offers(string text) => moss.On($"GET /api/evolutions/{Id}/consent/claim?approver=ada", new ClaimView(text, Sample.Monday));

    private System.Text.Json.JsonElement Sent() => moss.Requests.Single(request => request.Name == $"POST /api/evolutions/{Id}/consent/signatures").Json;

    private Task<Ran> RunAsync(params string[] words) => MossCommand.RunAsync(moss.Url, words);
}
