using System.Text.Json;
using Moss.Testing;

namespace Moss.EndToEnd.Tests.Demo;

/// <summary>A scenario is made smaller by the command, with the commits of a real repository in real sandboxes.</summary>
[Collection(OneMoss.Name)]
public sealed class MinimiseTests
{
    private const string Scenario = """
        {
          "id": "refund", "title": "A refund", "input": { "talk": ["hello", "refund 5", "refund 7", "bye"], "shop": { "name": "north", "open": true } },
          "tags": [], "graders": [ { "id": "sum", "kind": "jsonPathEquals", "path": "$.sum", "value": 12 } ]
        }
        """;

    private const string Declaration = """
        name: desk
        scope:
          editable: [desk.py]
        trial:
          command: [python3, -B, desk.py]

        """;

    [Fact]
    public async Task What_the_failure_does_not_need_is_taken_from_the_scenario_and_the_rest_is_written()
    {
        using var home = new LauncherHome();
        using var repository = new TemporaryRepository([("moss.yaml", Declaration), ("desk.py", Desk("return [last]")), ("scenarios/refund.json", Scenario)]);
        var broken = repository.Head;
        repository.Commit("Count every refund", ("desk.py", Desk("return found")));
        var file = Path.Combine(home.Folder, "smaller.json");

        var (code, output, error) = await home.RunAsync(
            TimeSpan.FromMinutes(5), "substrate", "minimise", "refund", "--repository", repository.Path, "--broken", broken, "--repaired", "main", "--out", file);

        code.ShouldBe(0, error);
        output.ShouldContain("no part of what is left can be spared");
        var smaller = JsonDocument.Parse(await File.ReadAllTextAsync(file)).RootElement;
        smaller.GetProperty("id").GetString().ShouldBe("refund");
        smaller.GetProperty("graders").GetArrayLength().ShouldBe(1);
        JsonSerializer.Serialize(smaller.GetProperty("input")).ShouldBe("""{"talk":["refund 5","refund 7"]}""");
    }

    [Fact]
    public async Task A_scenario_that_is_not_there_is_named_with_those_that_are()
    {
        using var home = new LauncherHome();
        using var repository = new TemporaryRepository([("moss.yaml", Declaration), ("desk.py", Desk("return [last]")), ("scenarios/refund.json", Scenario)]);
        repository.Commit("Count every refund", ("desk.py", Desk("return found")));

        var (code, _, error) = await home.RunAsync(
            TimeSpan.FromMinutes(5), "substrate", "minimise", "return", "--repository", repository.Path, "--broken", "main~1", "--repaired", "main");

        code.ShouldBe(3);
        error.ShouldContain("there is no scenario 'return'; there are refund");
    }

    private static string Desk(string end) => $$"""
        import json, os

        def refunds(talk):
            found = [int(line.split()[1]) for line in talk if line.startswith("refund")]
            last = found[-1] if found else 0
            {{end}}

        task = json.load(open(os.environ["MOSS_SCENARIO"]))["input"]
        json.dump({"sum": sum(refunds(task["talk"]))}, open(os.environ["MOSS_OUT"] + "/answer.json", "w"))

        """;
}
