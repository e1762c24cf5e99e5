using Moss.AgentTools;
using Moss.AgentTools.Try;


namespace Moss.Adapters.Tests.Search;

/// <summary>Small programs with a defect that somebody could have written; the search has to find the repair by itself.</summary>
public sealed class PlantedDefectTests
{
    [Fact]
    public async Task A_comparison_that_misses_the_boundary_is_repaired() => await RepairsAsync(
        """
        def solve(total):
            # Free from fifty on.
            if total > 50:
                return 0
            return 5
        """,
        "if total >= 50:",
        ("at-limit", "[50]", "0"), ("above", "[60]", "0"), ("below", "[49]", "5"));

    [Fact]
    public async Task A_wrong_variable_is_repaired() => await RepairsAsync(
        """
        def solve(names, amounts):
            ordered = sorted(names)
            pairs = {}
            for name, amount in zip(names, amounts):
                pairs[name] = amount
            return [[name, pairs[name]] for name in names]
        """,
        "for name in ordered]",
        ("two", "[[\"b\", \"a\"], [1, 2]]", "[[\"a\", 2], [\"b\", 1]]"), ("one", "[[\"a\"], [1]]", "[[\"a\", 1]]"));

    [Fact]
    public async Task Arguments_in_the_wrong_order_are_repaired() => await RepairsAsync(
        """
        def share(part, whole):
            return part * 100 // whole


        def solve(done, all_of_them):
            return share(all_of_them, done)
        """,
        "return share(done, all_of_them)",
        ("half", "[5, 10]", "50"), ("fifth", "[2, 10]", "20"));

    [Fact]
    public async Task A_loop_that_never_ends_is_repaired() => await RepairsAsync(
        """
        def solve(items):
            queue = list(items)
            seen = []
            while True:
                seen.append(queue.pop())
            return seen
        """,
        "while queue:",
        ("three", "[[1, 2, 3]]", "[3, 2, 1]"), ("none", "[[]]", "[]"));

    [Fact]
    public async Task A_missing_check_for_nothing_is_repaired() => await RepairsAsync(
        """
        def find(rows, key):
            for row in rows:
                if row["key"] == key:
                    return row
            return None


        def solve(rows, key):
            row = find(rows, key)
            if row["amount"] == 0:
                return "free"
            return "paid"
        """,
        "row is not None and row[\"amount\"] == 0",
        ("missing", "[[], \"a\"]", "\"paid\""), ("free", "[[{\"key\": \"a\", \"amount\": 0}], \"a\"]", "\"free\""),
        ("paid", "[[{\"key\": \"a\", \"amount\": 3}], \"a\"]", "\"paid\""));

    [Fact]
    public async Task A_guard_that_comes_after_what_it_guards_is_moved() => await RepairsAsync(
        """
        def commit(log, balance, amount):
            log.append(amount)
            if amount > balance:
                return False
            return True


        def solve(balance, amount):
            log = []
            done = commit(log, balance, amount)
            return [done, log]
        """,
        """
            if amount > balance:
                return False
            log.append(amount)
        """,
        ("refused", "[5, 9]", "[false, []]"), ("granted", "[9, 5]", "[true, [5]]"), ("exact", "[3, 3]", "[true, [3]]"));

    [Fact]
    public async Task What_was_repaired_holds_for_cases_that_the_search_never_saw()
    {
        using var work = Repairing.WorkTree(
            """
            def solve(items):
                seen = set()
                out = []
                for item in items:
                    if item not in seen:
                        out.append(item)
                return out
            """);
        await using (var server = new FakeTryServer(work, ("twice", "[[1, 1, 2]]", "[1, 2]"), ("apart", "[[3, 1, 3, 1]]", "[3, 1]"), ("once", "[[2, 1]]", "[2, 1]")))
        {
            await Repairing.ImplementAsync(server);
        }

        await using var truth = new FakeTryServer(work, ("many", "[[5, 5, 4, 5, 4]]", "[5, 4]"), ("none", "[[]]", "[]"));
        (await TryCommand.RunAsync(new Arguments(["--socket", truth.Socket]), TextWriter.Null, TextWriter.Null, CancellationToken.None)).ShouldBe(0);
    }

    [Fact]
    public async Task Comments_and_layout_survive()
    {
        const string Source = "def solve(a,  b):   # odd layout\n\treturn (a -\n\t\tb)  # not minus\n";
        using var work = Repairing.WorkTree(Source);
        await using var server = new FakeTryServer(work, ("sum", "[2, 3]", "5"), ("zero", "[0, 0]", "0"));
        var (program, _) = await Repairing.ImplementAsync(server);
        program.ShouldBe(Source.Replace("a -", "a +", StringComparison.Ordinal));
    }

    private static async Task RepairsAsync(string program, string expected, params (string Id, string Arguments, string Expected)[] scenarios)
    {
        using var work = Repairing.WorkTree(program);
        await using var server = new FakeTryServer(work, scenarios);
        var (repaired, report) = await Repairing.ImplementAsync(server);
        repaired.ShouldContain(expected);
        report.Subject.ShouldStartWith("program.py: ");
        report.Body.ShouldContain("-> passed 1.00");
        server.Asked.Keys.ShouldBeSubsetOf(scenarios.Select(s => s.Id));
    }
}
