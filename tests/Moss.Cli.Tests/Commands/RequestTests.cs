using Microsoft.AspNetCore.Http;
using Moss.Cli.Api;
using Moss.Cli.Tests.Running;
using Moss.Testing;

namespace Moss.Cli.Tests.Commands;

/// <summary>What commands ask of the server, and what they show of its answer.</summary>
public sealed class RequestTests : IAsyncLifetime
{
    private readonly FakeMoss moss = new();

    private static string Id => Sample.EvolutionId.ToString();

    public async Task InitializeAsync()
    {
        await moss.InitializeAsync();
        Sample.Teach(moss);
    }

    public Task DisposeAsync() => moss.DisposeAsync();

    [Fact]
    public async Task Consent_names_exactly_what_was_asked()
    {
        (await MossCommand.RunAsync(moss.Url, "evo", "apply", Id, "--yes", "--by", "ann")).Code.ShouldBe(0);

        var sent = Sent($"POST /api/evolutions/{Id}/consent").Json;
        sent.GetProperty("decision").GetString().ShouldBe("approve");
        sent.GetProperty("commit").GetString().ShouldBe(Sample.Question.Commit);
        sent.GetProperty("tree").GetString().ShouldBe(Sample.Question.Tree);
        sent.GetProperty("approver").GetString().ShouldBe("ann");
    }

    [Fact]
    public async Task A_candidate_that_was_overtaken_is_consented_to_again_as_what_it_has_become()
    {
        var moved = Sample.Question with { Commit = "m0ved", Tree = "7ee2" };
        var questions = new Queue<ConsentView>([Sample.Question, moved]);
        moss.On($"GET /api/evolutions/{Id}/consent", context => Results.Json(questions.Dequeue(), MossClient.Json).ExecuteAsync(context));
        moss.Streams(
            $"/api/evolutions/{Id}/stream", Sample.Entry("consent-requested", new { commit = Sample.Question.Commit }, 1),
            Sample.Entry("promotion-refused", new { reason = "another was promoted" }, 2), Sample.Entry("consent-requested", new { commit = moved.Commit }, 3),
            Sample.Entry("ended", new { verdict = "Converged", reason = "everything passes" }, 4));

        (await MossCommand.RunAsync(moss.Url, "evo", "apply", Id, "--yes", "--by", "ann")).Code.ShouldBe(0);

        moss.Requests.Where(request => request.Name == $"POST /api/evolutions/{Id}/consent")
            .Select(request => request.Json.GetProperty("commit").GetString()).ShouldBe([Sample.Question.Commit, moved.Commit]);
    }

    [Fact]
    public async Task A_rollback_names_who_asks_and_why_and_shows_what_serves_again()
    {
        var ran = await MossCommand.RunAsync(moss.Url, "evo", "rollback", "till", "--by", "ann", "--reason", "customers complain");

        ran.Output.ShouldContain($"till: {Sample.Commit} serves again");
        var sent = Sent("POST /api/deployments/till/rollback").Json;
        (sent.GetProperty("by").GetString(), sent.GetProperty("reason").GetString()).ShouldBe(("ann", "customers complain"));
    }

    [Fact]
    public async Task A_refusal_gives_its_reason_and_wins_over_a_yes()
    {
        (await MossCommand.RunAsync(moss.Url, "evo", "apply", Id, "--yes", "--refuse", "not on a Friday")).Code.ShouldBe(0);

        var sent = Sent($"POST /api/evolutions/{Id}/consent").Json;
        sent.GetProperty("decision").GetString().ShouldBe("refuse");
        sent.GetProperty("reason").GetString().ShouldBe("not on a Friday");
    }

    [Fact]
    public async Task Without_a_batch_the_newest_that_was_never_evolved_is_started()
    {
        (await MossCommand.RunAsync(moss.Url, "evo", "start", "--depth", "deep")).Code.ShouldBe(0);

        var sent = Sent("POST /api/evolutions").Json;
        sent.GetProperty("batch").GetGuid().ShouldBe(Guid.Empty);
        sent.GetProperty("depth").GetString().ShouldBe("deep");
    }

    [Fact]
    public async Task Without_any_batch_that_was_never_evolved_nothing_is_started()
    {
        moss.On("GET /api/batches", new[] { Sample.Batch });

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "start");

        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain("there is no batch that was never evolved");
        moss.Requests.ShouldNotContain(request => request.Name == "POST /api/evolutions");
    }

    [Fact]
    public async Task A_filter_goes_to_the_server_as_it_was_written()
    {
        (await MossCommand.RunAsync(moss.Url, "evo", "batches", "--substrate", "till two")).Code.ShouldBe(0);

        Sent("GET /api/batches?substrate=till%20two");
    }

    [Fact]
    public async Task The_same_file_reported_twice_has_the_same_key()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("evidence.json", """[{ "substrate": "till", "scenario": "one" }]""");

        await MossCommand.RunAsync(moss.Url, "evo", "flag", "--file", file);
        await MossCommand.RunAsync(moss.Url, "evo", "flag", "--file", file);
        await MossCommand.RunAsync(moss.Url, "evo", "flag", "--file", file, "--key", "mine");

        var sent = moss.Requests.Where(request => request.Name == "POST /api/evidence").ToList();
        sent.ShouldAllBe(request => request.Body == File.ReadAllText(file));
        sent[0].Key.ShouldNotBeEmpty();
        sent[1].Key.ShouldBe(sent[0].Key);
        sent[2].Key.ShouldBe("mine");
    }

    [Fact]
    public async Task A_flag_carries_complaint_and_transcript()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("session.txt", "user: hello");

        var ran = await MossCommand.RunAsync(
            moss.Url, "evo", "flag", "--substrate", "till", "--scenario", "one", "--complaint", "wrong", "--transcript", file);

        ran.Output.ShouldContain("1 stored, 1 known before, 2 set aside as failures of the environment");
        var sent = Sent("POST /api/evidence").Json;
        sent.GetProperty("complaint").GetString().ShouldBe("wrong");
        sent.GetProperty("transcript").GetString().ShouldBe("user: hello");
        sent.GetProperty("source").GetString().ShouldBe("user");
    }

    [Fact]
    public async Task A_folder_is_sent_as_its_whole_path_and_an_address_as_it_is()
    {
        using var folder = new TemporaryFolder();
        await MossCommand.RunAsync(moss.Url, "substrate", "add", folder.Path + "/.");
        await MossCommand.RunAsync(moss.Url, "substrate", "add", "https://example.org/till.git", "--allow-dirty", "--reference", "next");

        var sent = moss.Requests.Where(request => request.Name == "POST /api/substrates").Select(request => request.Json).ToList();
        sent[0].GetProperty("repository").GetString()!.TrimEnd('/').ShouldBe(folder.Path);
        sent[0].GetProperty("allowDirty").GetBoolean().ShouldBeFalse();
        sent[1].GetProperty("repository").GetString().ShouldBe("https://example.org/till.git");
        sent[1].GetProperty("allowDirty").GetBoolean().ShouldBeTrue();
        sent[1].GetProperty("reference").GetString().ShouldBe("next");
    }

    [Theory]
    [InlineData("stop")]
    [InlineData("restart")]
    public async Task Who_asks_is_told(string verb)
    {
        (await MossCommand.RunAsync(moss.Url, "evo", verb, Id, "--by", "ann")).Code.ShouldBe(0);

        Sent($"POST /api/evolutions/{Id}/{verb}").Json.GetProperty("by").GetString().ShouldBe("ann");
    }

    private Asked Sent(string name) => moss.Requests.Last(request => request.Name == name);
}
