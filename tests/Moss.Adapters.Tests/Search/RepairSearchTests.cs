using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Driver;
using Moss.AgentTools.Search.Python;

namespace Moss.Adapters.Tests.Search;

public sealed class RepairSearchTests
{
    private const string Source = "def f(a, b):\n    c = a + b\n    d = a * b\n    return c < d\n";

    [Fact]
    public async Task A_change_that_lowers_another_scenario_is_refused()
    {
        var repair = await SearchAsync(
            ["one", "two"],
            (text, id) => id == "one" ? Contains(text, "c = a - b") : 1 - Contains(text, "c = a - b"));
        repair.Steps.ShouldBeEmpty();
        repair.Tree.Overlay.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_likelier_of_two_repairs_is_chosen()
    {
        var repair = await SearchAsync(["one"], (text, _) => Math.Max(Contains(text, "c <= d"), Contains(text, "c < d * 2")));
        repair.Tree.Text("a.py").ShouldContain("return c <= d");
    }

    [Fact]
    public async Task Steps_add_up()
    {
        var repair = await SearchAsync(
            ["one", "two"], (text, id) => id == "one" ? Contains(text, "c = a - b") : Contains(text, "d = a // b"));
        repair.After.AllPass.ShouldBeTrue();
        repair.Steps.Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_better_score_that_passes_nothing_waits_for_a_change_that_does()
    {
        var repair = await SearchAsync(
            ["one"], (text, _) => Math.Max(Contains(text, "c = a - b") * 0.1, Contains(text, "d = b * b")));
        repair.After.AllPass.ShouldBeTrue();
        repair.Steps.ShouldHaveSingleItem();
        repair.Tree.Text("a.py").ShouldContain("c = a + b");
    }

    [Fact]
    public async Task A_change_at_the_right_place_is_exchanged_for_a_neighbour_that_helps_more()
    {
        var repair = await SearchAsync(
            ["one", "two"],
            (text, id) => id == "one" ? Math.Max(Contains(text, "return c <= d"), Contains(text, "return c - 1 < d")) : Contains(text, "return c - 1 < d"));
        repair.After.AllPass.ShouldBeTrue();
        repair.Steps.ShouldHaveSingleItem();
        repair.Tree.Text("a.py").ShouldContain("return c - 1 < d");
    }

    [Fact]
    public async Task A_step_that_turns_out_needless_is_left_out_again()
    {
        var repair = await SearchAsync(
            ["one", "two"],
            (text, id) => id == "one" ? Math.Max(Contains(text, "c = a - b"), Contains(text, "return c >= d")) : Contains(text, "return c >= d"));
        repair.After.AllPass.ShouldBeTrue();
        repair.Steps.ShouldHaveSingleItem().What.ShouldBe("use '>=' instead of '<'");
        repair.Tree.Text("a.py").ShouldContain("c = a + b");
    }

    [Fact]
    public async Task Two_changes_at_once_are_tried_when_no_single_one_helps()
    {
        var repair = await SearchAsync(["one"], (text, _) => Contains(text, "c = a - b") * Contains(text, "return c <= d"));
        repair.After.AllPass.ShouldBeTrue();
        repair.Tree.Text("a.py").ShouldBe("def f(a, b):\n    c = a - b\n    d = a * b\n    return c <= d\n");
    }

    [Fact]
    public async Task When_the_time_is_up_the_best_so_far_is_kept()
    {
        using var timeUp = new CancellationTokenSource();
        var repair = await SearchAsync(
            ["one", "two"],
            (text, id) => id == "one" ? Contains(text, "c <= d") : 0,
            timeUp,
            requests =>
            {
                if (requests == 120)
                {
                    timeUp.Cancel();
                }
            });
        repair.TimeUp.ShouldBeTrue();
        repair.Tree.Text("a.py").ShouldContain("c <= d");
        repair.After.Passed.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_search_runs_the_same_way()
    {
        var runs = new List<(string, int)>();
        for (var i = 0; i < 3; i++)
        {
            var repair = await SearchAsync(["one", "two"], (text, id) => id == "one" ? Contains(text, "c - 1 < d") : Contains(text, "d = b * b"));
            runs.Add((repair.Tree.Text("a.py"), repair.Steps.Length));
        }

        runs.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_batch_that_passes_needs_nothing()
    {
        var repair = await SearchAsync(["one"], (_, _) => 1);
        repair.Steps.ShouldBeEmpty();
        repair.Tried.ShouldBe(0);
    }

    private static double Contains(string text, string part) => text.Contains(part, StringComparison.Ordinal) ? 1 : 0;

    private static async Task<Repair> SearchAsync(
        string[] batch, Func<string, string, double> score, CancellationTokenSource? timeUp = null, Action<int>? onRequest = null)
    {
        using var never = new CancellationTokenSource();
        await using var replays = new ScriptedReplays(Source, batch, score) { OnRequest = onRequest ?? (_ => { }) };
        var runner = new Runner(replays, [.. batch], coverage: false);
        var tree = SourceTree.Of([KeyValuePair.Create("a.py", Source)]);
        var search = new RepairSearch(runner, new Ranking([new PythonLanguage()], _ => 0), new Profiler(runner, []), new Preference([]), Effort.Usual with { PairsOf = 40 });
        return await search.RunAsync(tree, await runner.MeasureAsync(tree, CancellationToken.None), (timeUp ?? never).Token);
    }
}
