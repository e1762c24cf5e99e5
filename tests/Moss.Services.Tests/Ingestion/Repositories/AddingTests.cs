using Moss.Domain.Evidence;

namespace Moss.Services.Tests.Ingestion.Repositories;

public sealed class AddingTests : DeskTest
{
    [Fact]
    public async Task A_substrate_is_registered_under_the_name_that_it_gives_itself()
    {
        using var other = DeskRepository.Declared(DeskRepository.Declaration.Replace("name: desk", "name: shop", StringComparison.Ordinal));

        var added = await Bench.AddAsync(other);

        added.Status.ShouldBe(201);
        added.Text("name").ShouldBe("shop");
        added.Text("commit").ShouldBe(other.Head);
        added.Texts("scenarios").ShouldBe(["one", "three", "two"]);
        added.Rows("notes").ShouldBeEmpty();
    }

    [Fact]
    public async Task Registered_substrates_are_listed()
    {
        using var other = DeskRepository.Declared(DeskRepository.Declaration.Replace("name: desk", "name: a-shop", StringComparison.Ordinal));
        await Bench.AddAsync(other);

        var list = await Bench.GetAsync("/api/substrates");

        list.Body.EnumerateArray().Select(row => (row.GetProperty("name").GetString(), row.GetProperty("repository").GetString()))
            .ShouldBe([("a-shop", other.Path), ("desk", Desk.Path)]);
    }

    [Fact]
    public async Task A_substrate_is_shown_at_the_newest_commit_of_its_repository()
    {
        var commit = Desk.Commit("More", ("scenarios/four.json", DeskRepository.Scenario("four")));

        var shown = await Bench.GetAsync("/api/substrates/desk");

        shown.Text("commit").ShouldBe(commit);
        shown.Texts("scenarios").ShouldContain("four");
    }

    [Fact]
    public async Task A_substrate_whose_repository_broke_is_shown_with_what_is_wrong()
    {
        Desk.Commit("Break", ("moss.yaml", "name: 7\n"));

        (await Bench.GetAsync("/api/substrates/desk")).Fields().ShouldBe(["moss.yaml:1: trial"]);
    }

    [Theory]
    [InlineData("/api/substrates/nobody")]
    [InlineData("/api/substrates/nobody/set-aside")]
    [InlineData("/api/substrates/nobody/corpus")]
    [InlineData("/api/substrates/desk%0A")]
    public async Task An_unknown_substrate_is_missing(string path) =>
        (await Bench.GetAsync(path)).Refuses(404, "name", "no substrate", "moss substrate add");

    [Fact]
    public async Task Registering_again_stores_nothing_until_there_is_another_commit()
    {
        (await Bench.AddAsync(Desk)).Status.ShouldBe(201);
        (await Bench.HistoryAsync()).Count.ShouldBe(1);

        var commit = Desk.Commit("Go on");
        await Bench.AddAsync(Desk);

        (await Bench.HistoryAsync())[^1].Data.ShouldBe(new SubstrateRegistered("desk", Desk.Path, commit));
    }

    [Fact]
    public async Task One_repository_under_two_spellings_is_one_substrate()
    {
        (await Bench.PostAsync("/api/substrates", new { repository = $" {Desk.Path}/../{Path.GetFileName(Desk.Path)}/ " })).Status.ShouldBe(201);

        (await Bench.HistoryAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_name_that_is_taken_by_another_repository_is_a_conflict()
    {
        using var other = DeskRepository.Create();

        (await Bench.AddAsync(other)).Refuses(409, "name", $"'desk' is already registered from {Desk.Path}", "change 'name' in moss.yaml");

        (await Bench.GetAsync("/api/substrates/desk")).Text("repository").ShouldBe(Desk.Path);
    }

    [Fact]
    public async Task Of_eight_repositories_that_want_one_name_at_once_one_gets_it()
    {
        var repositories = Enumerable.Range(0, 8).Select(_ => DeskRepository.Declared(DeskRepository.Declaration.Replace("name: desk", "name: shop", StringComparison.Ordinal))).ToList();

        var answers = await Task.WhenAll(repositories.Select(repository => Bench.AddAsync(repository)));

        answers.Select(answer => answer.Status).Order().ShouldBe([201, 409, 409, 409, 409, 409, 409, 409]);
        repositories.ForEach(repository => repository.Dispose());
    }

    [Fact]
    public async Task A_check_changes_nothing()
    {
        using var other = DeskRepository.Declared(DeskRepository.Declaration.Replace("name: desk", "name: shop", StringComparison.Ordinal));

        var check = await Bench.PostAsync("/api/substrates/check", new { repository = other.Path });

        check.Body.GetProperty("ok").GetBoolean().ShouldBeTrue();
        (check.Text("name"), check.Text("commit"), check.Number("scenarios")).ShouldBe(("shop", other.Head, 3));
        (await Bench.GetAsync("/api/substrates/shop")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Another_reference_than_the_branch_can_be_looked_at()
    {
        var first = Desk.Head;
        Desk.Commit("Break", ("moss.yaml", "name: 7\n"));

        (await Bench.PostAsync("/api/substrates/check", new { repository = Desk.Path, reference = first })).Text("commit").ShouldBe(first);
        (await Bench.PostAsync("/api/substrates", new { repository = Desk.Path, reference = "nothing" }))
            .Refuses(400, "reference", "has no branch, tag or commit 'nothing'. Its branches: main", "name a branch");
    }
}
