using Moss.Testing;

namespace Moss.Services.Tests.Ingestion.Repositories;

public sealed class BadRepositoryTests : DeskTest
{
    [Theory]
    [InlineData("/no/such/place", "is not there")]
    [InlineData("", "no repository is given")]
    [InlineData("  ", "no repository is given")]
    [InlineData(null, "no repository is given")]
    [InlineData("ext::sh -c true", "helper program")]
    [InlineData("--upload-pack=true", "is not a repository")]
    public async Task What_is_no_repository_is_refused(string? repository, string detail)
    {
        (await Bench.PostAsync("/api/substrates", new { repository })).Refuses(400, "repository", detail);

        await NothingIsStoredAsync();
    }

    [Theory]
    [InlineData("{ \"repository\": 7 }")]
    [InlineData("{ \"repository\": ")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task A_malformed_request_is_refused(string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");

        var answer = await Answer.ReadAsync(Bench.Client.PostAsync("/api/substrates", body));

        answer.Status.ShouldBe(400);
        answer.Text("fix").ShouldNotBeEmpty();
        await NothingIsStoredAsync();
    }

    [Fact]
    public async Task An_empty_repository_is_refused()
    {
        using var empty = new TemporaryRepository();

        (await Bench.AddAsync(empty)).Refuses(400, "repository", "has no commits yet: commit at least once", "at least one commit");
    }

    [Fact]
    public async Task A_bare_repository_is_as_good_as_any()
    {
        using var source = DeskRepository.Declared(DeskRepository.Declaration.Replace("name: desk", "name: shop", StringComparison.Ordinal));
        using var folder = new TemporaryFolder();
        source.Git("clone", "--quiet", "--bare", source.Path, folder.Combine("bare.git"));

        var added = await Bench.PostAsync("/api/substrates", new { repository = folder.Combine("bare.git") });

        (added.Status, added.Text("commit")).ShouldBe((201, source.Head));
    }

    [Fact]
    public async Task A_dirty_repository_is_refused_with_what_would_be_used()
    {
        Desk.Write("src/app.py", "print('changed')\n");

        var refused = (await Bench.AddAsync(Desk)).Refuses(400, "repository", "has uncommitted changes (src/app.py)", "\"allowDirty\": true");

        refused.Text("fix").ShouldContain($"the committed state {Desk.Head}");
    }

    [Fact]
    public async Task A_dirty_repository_that_is_allowed_says_what_is_used_and_what_is_left_out()
    {
        Desk.Write("moss.yaml", "name: 7\n");

        var added = await Bench.AddAsync(Desk, allowDirty: true);

        added.Status.ShouldBe(201);
        added.Texts("notes").ShouldHaveSingleItem().ShouldBe($"Uncommitted changes (moss.yaml) are left out: the committed state {Desk.Head} is what is used.");
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_dirty_repository_is_told_at_once()
    {
        Desk.Commit("Break", ("moss.yaml", "name: 7\n"));
        Desk.Write("new.txt", "new");

        var check = await Bench.PostAsync("/api/substrates/check", new { repository = Desk.Path });

        check.Body.GetProperty("ok").GetBoolean().ShouldBeFalse();
        check.Fields().ShouldBe(["repository", "moss.yaml:1: trial"]);
    }

    [Fact]
    public async Task Reports_are_refused_while_the_repository_is_not_there_and_taken_once_it_is()
    {
        var moved = Desk.Path + "-moved";
        Directory.Move(Desk.Path, moved);
        (await Bench.ReportAsync(Failure())).Refuses(409, "repository", "is not there", "then send the report again");

        Directory.Move(moved, Desk.Path);

        (await Bench.ReportAsync(Failure())).Number("accepted").ShouldBe(1);
    }
}
