using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Driver;
using Moss.AgentTools.Search.Localisation;
using Moss.AgentTools.Search.Python;
using Moss.AgentTools.Try;

namespace Moss.Adapters.Tests.Search;

public sealed class DriverPartsTests
{
    private static readonly SourceTree Tree = SourceTree.Of([KeyValuePair.Create("a.py", "one two three\n")]);

    [Fact]
    public async Task Results_come_in_order_whatever_ends_first()
    {
        var slow = new TaskCompletionSource();
        var results = new List<int>();
        var work = Ordered.SelectAsync(
            Enumerable.Range(0, 20), 2,
            async i =>
            {
                await (i == 0 ? slow.Task : Task.CompletedTask);
                if (i == 5)
                {
                    slow.SetResult();
                }

                return i;
            },
            CancellationToken.None);
        await foreach (var result in work)
        {
            results.Add(result);
        }

        results.ShouldBe(Enumerable.Range(0, 20));
    }

    [Fact]
    public async Task No_more_than_so_many_are_under_way()
    {
        var (running, most) = (0, 0);
        var work = Ordered.SelectAsync(
            Enumerable.Range(0, 50), 3,
            async i =>
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Yield();
                Interlocked.Decrement(ref running);
                return i;
            },
            CancellationToken.None);
        await foreach (var result in work)
        {
            result.ShouldBeInRange(0, 49);
        }

        most.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public void Likely_changes_of_suspicious_lines_come_first()
    {
        const string Source = "def f(a, b):\n    c = a < b\n    return a < b\n";
        var tree = SourceTree.Of([KeyValuePair.Create("a.py", Source)]);
        var board = new Scoreboard([Ran("fails", 0, 2, 3), Ran("passes", 1, 2)]);
        var place = Place.Of(board, board.Results["fails"]);
        var ranked = new Ranking([new PythonLanguage()], _ => 0).Of(tree, Spectrum.Of(board.Results.Values));
        var comparisons = ranked.OrderBy(m => m.Rank + place.CostOf(m.Mutant)).Where(m => m.Mutant.What == "use '<=' instead of '<'");
        comparisons.Select(m => m.Mutant.FirstLine).ShouldBe([3, 2]);
        ranked.Select(m => m.Tree.Text("a.py")).ShouldBeUnique();
        ranked.Select(m => m.Rank).ShouldBeInOrder();
        ranked.ShouldAllBe(m => m.Tree.Text("a.py") != Source);
    }

    [Fact]
    public void A_hint_moves_a_change_forward()
    {
        const string Source = "def f(a, b):\n    return a + b\n";
        var tree = SourceTree.Of([KeyValuePair.Create("a.py", Source)]);
        var ranked = new Ranking([new PythonLanguage()], m => m.Template == "remove" ? 9 : 0).Of(tree, Spectrum.Of([]));
        ranked[0].Mutant.Template.ShouldBe("remove");
    }

    [Fact]
    public void A_change_tried_in_vain_elsewhere_waits_a_while_but_is_not_lost()
    {
        RankedMutant[] mutants = [.. Enumerable.Range(0, 4).Select(i => new RankedMutant(Step(i, i + 1, "x"), Tree, 5 + (i * 0.4)))];
        var waiting = new Waiting(mutants, [mutants[0].Mutant]);
        var order = new List<RankedMutant>();
        while (waiting.TryNext(out var next))
        {
            order.Add(next);
        }

        order.ShouldBe([mutants[1], mutants[2], mutants[0], mutants[3]]);
    }

    [Fact]
    public void A_name_made_from_the_one_in_use_is_likelier_than_another()
    {
        const string Source = "def f(rows, others):\n    kept = sorted(rows)\n    return g(rows)\n";
        var tree = SourceTree.Of([KeyValuePair.Create("a.py", Source)]);
        var ranked = new Ranking([new PythonLanguage()], _ => 0).Of(tree, Spectrum.Of([])).Select(m => m.Tree.Text("a.py")).ToList();
        ranked.IndexOf(Source.Replace("g(rows)", "g(kept)", StringComparison.Ordinal))
            .ShouldBeLessThan(ranked.IndexOf(Source.Replace("g(rows)", "g(others)", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_step_can_be_left_out_of_the_middle()
    {
        var history = new History(Tree);
        var steps = new[] { Step(0, 3, "first"), Step(6, 9, "second"), Step(0, 0, ">> ") };
        _ = steps.Aggregate(Tree, (tree, step) => Add(history, step, tree));
        history.IsTangled.ShouldBeFalse();
        history.Without(steps[0]).Text("a.py").ShouldBe(">> one second three\n");
        history.Without(steps[1]).Text("a.py").ShouldBe(">> first two three\n");
        history.Without(steps[2]).Text("a.py").ShouldBe("first second three\n");
    }

    [Fact]
    public void A_change_of_a_change_is_tangled()
    {
        var history = new History(Tree);
        Add(history, Step(1, 3, "I"), Add(history, Step(0, 3, "first"), Tree));
        history.IsTangled.ShouldBeTrue();
    }

    [Fact]
    public void A_proposed_tree_is_not_preferred_however_it_came_about()
    {
        var preference = new Preference([Tree.With("a.py", "four two three\n")]);
        var (again, other) = (Found("four"), Found("five"));
        preference.Order([again, other]).ShouldBe([other]);
    }

    [Fact]
    public void A_tree_back_at_its_start_has_no_overlay() =>
        Tree.With("a.py", "x").With("a.py", "one two three\n").Overlay.ShouldBeEmpty();

    private static Mutant Step(int start, int end, string text) => new("a.py", [new Edit(start, end, text)], "t", 1, 1, 1, "", "");

    private static SourceTree Add(History history, Mutant step, SourceTree before)
    {
        history.Add(step, before.With(step));
        return before.With(step);
    }

    private static Helpful Found(string word)
    {
        var mutant = Step(0, 3, word);
        return new Helpful(new RankedMutant(mutant, Tree, 1), new Scoreboard([]));
    }

    private static TryResult Ran(string id, double score, params int[] lines) => new(id, score >= 1 ? "passed" : "failed", score, "", 1)
    {
        Coverage = System.Collections.Immutable.ImmutableSortedDictionary<string, System.Collections.Immutable.ImmutableArray<int>>.Empty.Add("a.py", [.. lines]),
    };
}
