using Moss.Testing;

namespace Moss.Services.Tests.Ingestion.Repositories;

public sealed class BadDeclarationTests : DeskTest
{
    [Fact]
    public async Task A_repository_without_a_declaration_is_refused()
    {
        using var repository = new TemporaryRepository(("README.md", "# Desk\n"));

        (await Bench.AddAsync(repository)).Refuses(400, "moss.yaml", $"commit {repository.Head} has no moss.yaml", "docs/moss-yaml.md");
    }

    [Fact]
    public async Task Wrong_types_are_told_with_line_and_field()
    {
        using var repository = DeskRepository.Declared(
            """
            name: shop
            scope:
              editable: src
              maxFiles: many
            trial:
              command: [python3, src/app.py]
              timeout: 10
            scenarios: [a]

            """);

        var refused = await Bench.AddAsync(repository);

        refused.Refuses(400, "moss.yaml:3: scope.editable", "must be a list", "write a list");
        refused.Fields().ShouldBe(["moss.yaml:3: scope.editable", "moss.yaml:4: scope.maxFiles", "moss.yaml:7: trial.timeout", "moss.yaml:8: scenarios"]);
        await IsUnknownAsync("shop");
    }

    [Fact]
    public async Task What_is_no_yaml_is_told_with_its_line()
    {
        using var repository = DeskRepository.Declared("name: shop\n  trial: [\n");

        var refused = await Bench.AddAsync(repository);

        refused.Status.ShouldBe(400);
        refused.Text("field").ShouldStartWith("moss.yaml:");
    }

    [Fact]
    public async Task Globs_that_match_nothing_are_told_with_line_and_pattern()
    {
        using var repository = Changed("editable: [\"src/**\"]", "editable: [\"src/**\", \"lib/**\"]\n  protected: [\"*.lock\"]");

        var refused = (await Bench.AddAsync(repository)).Refuses(400, "moss.yaml:3: scope.editable[1]", "matches no file: 'lib/**'", "correct the pattern");

        refused.Fields().ShouldBe(["moss.yaml:3: scope.editable[1]", "moss.yaml:4: scope.protected[0]"]);
        await IsUnknownAsync("shop");
    }

    [Fact]
    public async Task A_scenario_folder_that_is_not_there_is_told()
    {
        using var repository = Changed("scenarios: scenarios", "scenarios: cases");

        (await Bench.AddAsync(repository)).Refuses(400, "moss.yaml:6: scenarios", "there is no cases/*.json", "add scenario files");
    }

    [Theory]
    [InlineData("{ \"id\": \"bad\", \"input\": {} }", "is missing: nothing says when the scenario passes")]
    [InlineData("{ \"id\": \"bad\", \"input\": {}, \"graders\": [] }", "is empty: nothing says when the scenario passes")]
    public async Task A_scenario_without_a_grader_is_told_with_file_and_path(string scenario, string detail)
    {
        using var repository = Changed("name: desk", "name: shop", ("scenarios/bad.json", scenario));

        (await Bench.AddAsync(repository)).Refuses(400, "scenarios/bad.json $.graders", detail, "Write at least one");
        await IsUnknownAsync("shop");
    }

    [Fact]
    public async Task Two_scenarios_of_one_id_are_told_with_both_files()
    {
        using var repository = Changed("name: desk", "name: shop", ("scenarios/zwei.json", DeskRepository.Scenario("two")));

        (await Bench.AddAsync(repository)).Refuses(400, "scenarios/zwei.json $.id", "is 'two', as in scenarios/two.json", "an id of its own");
        await IsUnknownAsync("shop");
    }

    [Fact]
    public async Task A_stable_branch_that_is_not_there_is_told_before_an_evolution_needs_it()
    {
        using var repository = Changed("name: desk", "name: shop\nstableBranch: release");
        using var silent = Changed("name: desk", "name: shop");
        silent.Git("branch", "--move", "master");

        (await Bench.AddAsync(repository)).Refuses(400, "moss.yaml:2: stableBranch", "is 'release', and the repository has no such branch", "main");
        (await Bench.AddAsync(silent)).Refuses(400, "moss.yaml: stableBranch", "is 'main'", "master");
    }

    [Fact]
    public async Task A_check_says_the_same_and_succeeds()
    {
        using var repository = Changed("scenarios: scenarios", "scenarios: cases");

        var check = await Bench.PostAsync("/api/substrates/check", new { repository = repository.Path });

        check.Status.ShouldBe(200);
        check.Body.GetProperty("ok").GetBoolean().ShouldBeFalse();
        check.Fields().ShouldContain("moss.yaml:6: scenarios");
    }

    private static TemporaryRepository Changed(string from, string to, params (string Path, string Content)[] files) =>
        DeskRepository.With([("moss.yaml", DeskRepository.Declaration.Replace(from, to, StringComparison.Ordinal)), .. files]);

    private async Task IsUnknownAsync(string name)
    {
        (await Bench.GetAsync($"/api/substrates/{name}")).Status.ShouldBe(404);
        await NothingIsStoredAsync();
    }
}
