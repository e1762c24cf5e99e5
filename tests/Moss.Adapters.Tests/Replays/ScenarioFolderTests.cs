using Moss.Replays.Reading;
using Moss.Testing;

namespace Moss.Adapters.Tests.Replays;

public sealed class ScenarioFolderTests : IDisposable
{
    private readonly TemporaryFolder tree = new();

    public void Dispose() => tree.Dispose();

    [Fact]
    public void Scenarios_are_sorted_and_other_files_are_left_alone()
    {
        Write("b.json", "b");
        Write("a.json", "a");
        File.WriteAllText(Path.Combine(Folder, "README.md"), "not one");
        Directory.CreateDirectory(Path.Combine(Folder, "checks"));
        File.WriteAllText(Path.Combine(Folder, "checks", "expected.json"), "not one either");

        var reading = ScenarioFolder.Read(tree.Path, "scenarios");

        reading.Problems.ShouldBeEmpty();
        reading.Scenarios.Select(scenario => scenario.Id).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Every_problem_of_every_file_is_told_and_the_good_ones_are_kept()
    {
        Write("good.json", "good");
        File.WriteAllText(Path.Combine(Folder, "bad.json"), "{");
        File.WriteAllText(Path.Combine(Folder, "worse.json"), """{"id":"worse","input":1}""");

        var reading = ScenarioFolder.Read(tree.Path, "scenarios");

        reading.Scenarios.ShouldHaveSingleItem().Id.ShouldBe("good");
        reading.Problems.Select(problem => problem.File).ShouldBe(["scenarios/bad.json", "scenarios/worse.json"]);
    }

    [Fact]
    public void An_id_that_is_there_twice_names_both_files()
    {
        Write("a.json", "a");
        Write("b.json", "a");
        var problem = ScenarioFolder.Read(tree.Path, "scenarios").Problems.ShouldHaveSingleItem();
        problem.ToString().ShouldBe("scenarios/b.json: $.id is 'a', as in scenarios/a.json. Give each scenario an id of its own.");
    }

    [Fact]
    public void A_file_is_called_like_its_scenario()
    {
        Write("a.json", "other");
        ScenarioFolder.Read(tree.Path, "scenarios").Problems.ShouldHaveSingleItem().Fix.ShouldBe("Call the file other.json, or the scenario 'a'");
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        var secret = Path.Combine(tree.Path, "secret.json");
        File.WriteAllText(secret, "{}");
        Directory.CreateDirectory(Folder);
        File.CreateSymbolicLink(Path.Combine(Folder, "a.json"), secret);
        ScenarioFolder.Read(tree.Path, "scenarios").Problems.ShouldHaveSingleItem().Problem.ShouldBe("is a symbolic link");
    }

    [Fact]
    public void A_folder_without_scenarios_is_a_problem()
    {
        Directory.CreateDirectory(Folder);
        ScenarioFolder.Read(tree.Path, "scenarios").Problems.ShouldHaveSingleItem().Problem.ShouldBe("has no scenario");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_problem() =>
        ScenarioFolder.Read(tree.Path, "missing").Problems.ShouldHaveSingleItem().ToString().ShouldBe(
            "missing: $ is not a folder of the commit. Add the folder, or name another one under \"scenarios\" in moss.yaml.");

    private string Folder => Path.Combine(tree.Path, "scenarios");

    private void Write(string file, string id)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, file), $$"""{"id":"{{id}}","input":1,"graders":[{"id":"g","kind":"exact","value":1}]}""");
    }
}
