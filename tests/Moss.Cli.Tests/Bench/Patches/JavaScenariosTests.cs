using System.Text.Json;
using Moss.Cli.Bench.Patches.QuixBugsJava;
using Moss.Testing;

namespace Moss.Cli.Tests.Bench.Patches;

public sealed class JavaScenariosTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 3)]
    [InlineData(6, 6)]
    [InlineData(13, 6)]
    public void Failing_tests_are_dealt_into_so_many_scenarios_that_six_pairs_suffice(int tests, int scenarios)
    {
        string[] names = [.. Enumerable.Range(0, tests).Select(number => $"test{number}")];

        var dealt = JavaScenarios.Dealt([.. names]);

        dealt.Length.ShouldBe(scenarios);
        dealt.ShouldAllBe(group => group.Length > 0);
        dealt.SelectMany(group => group).ShouldBe(names, ignoreOrder: true);
    }

    [Fact]
    public void Tests_that_fail_on_the_base_and_those_that_pass_are_visible_scenarios_of_their_own()
    {
        JavaScenarios.WriteVisible(
            folder.Path, "P", JavaAnswer.Read("""{"names": ["a", "b", "c"], "answers": ["passed", "failed", "hangs"]}"""),
            JavaAnswer.Read("""{"names": ["a", "b", "c"], "answers": ["passed", "passed", "passed"]}"""));

        Read("failing-1").GetProperty("input").GetProperty("tests").EnumerateArray().Select(test => test.GetString()).ShouldBe(["b"]);
        Read("failing-2").GetProperty("input").GetProperty("tests")[0].GetString().ShouldBe("c");
        Read("passing").GetProperty("tags")[0].GetString().ShouldBe("visible");
    }

    [Fact]
    public void Tests_that_the_reference_does_not_pass_are_left_out()
    {
        var both = JavaAnswer.Read("""{"names": ["a", "slow"], "answers": ["failed", "hangs"]}""");

        JavaScenarios.WriteVisible(folder.Path, "P", both, JavaAnswer.Read("""{"names": ["a", "slow"], "answers": ["passed", "hangs"]}"""));

        Directory.GetFiles(folder.Path).Select(Path.GetFileName).ShouldBe(["failing-1.json"]);
    }

    [Fact]
    public void Cases_that_the_reference_cannot_answer_are_left_out()
    {
        var reference = JavaAnswer.Read("""{"names": [], "answers": ["1", "throws NullPointerException", "hangs", "not run", "2"]}""");

        JavaScenarios.WriteHeldOut(folder.Path, "edges", "P", ["a", "b", "c", "d", "e"], reference).ShouldBe(2);

        var scenario = Read("held-out-edges");
        scenario.GetProperty("input").GetProperty("cases").EnumerateArray().Select(one => one.GetString()).ShouldBe(["a", "e"]);
        scenario.GetProperty("graders")[0].GetProperty("value").EnumerateArray().Select(one => one.GetString()).ShouldBe(["1", "2"]);
        scenario.GetProperty("tags").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public void A_root_is_right_within_the_precision_that_was_asked_for()
    {
        JavaScenarios.WriteHeldOut(folder.Path, "small", "SQRT", ["2|0.5", "4|0.01"], JavaAnswer.Read("""{"names": [], "answers": [1.5, 2.0]}"""));

        var graders = Read("held-out-small").GetProperty("graders");
        graders[1].GetProperty("path").GetString().ShouldBe("$.answers[1]");
        graders[1].GetProperty("tolerance").GetDouble().ShouldBe(0.01);
    }

    [Fact]
    public void A_scenario_has_a_hundred_graders_at_most()
    {
        string[] cases = [.. Enumerable.Range(1, 120).Select(number => $"{number}|0.1")];
        var reference = JavaAnswer.Read($$"""{"names": [], "answers": [{{string.Join(", ", cases.Select(_ => "1.0"))}}]}""");

        JavaScenarios.WriteHeldOut(folder.Path, "large", "SQRT", cases, reference).ShouldBe(100);
        JavaScenarios.WriteHeldOut(folder.Path, "exact", "P", cases, reference).ShouldBe(120);
        Read("held-out-large").GetProperty("graders").GetArrayLength().ShouldBe(100);
        Read("held-out-exact").GetProperty("graders").GetArrayLength().ShouldBe(1);
    }

    private JsonElement Read(string id) => JsonDocument.Parse(File.ReadAllText(folder.Combine($"{id}.json"))).RootElement;
}
