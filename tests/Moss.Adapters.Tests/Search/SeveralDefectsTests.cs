using Moss.AgentTools.Roles;

namespace Moss.Adapters.Tests.Search;

public sealed class SeveralDefectsTests
{
    private const string ThreeDefects = """
        def due(hours, limit):
            return hours > limit


        def total(rows):
            amount = 1
            for row in rows:
                amount += row
            return amount


        def names(people):
            found = []
            for person in people:
                found.append(person.upper())
            return people


        def solve(kind, value, limit):
            if kind == "due":
                return due(value, limit)
            if kind == "total":
                return total(value)
            return names(value)
        """;

    private static readonly (string, string, string)[] Scenarios =
    [
        ("due-now", """["due", 4, 4]""", "true"), ("due-later", """["due", 3, 4]""", "false"),
        ("total-two", """["total", [1, 2], 0]""", "3"), ("total-none", """["total", [], 0]""", "0"),
        ("names-one", """["names", ["a"], 0]""", """["A"]"""), ("names-two", """["names", ["a", "b"], 0]""", """["A", "B"]"""),
    ];

    [Fact]
    public async Task They_are_repaired_one_step_after_the_other()
    {
        using var work = Repairing.WorkTree(ThreeDefects);
        await using var server = new FakeTryServer(work, Scenarios);
        var (program, report) = await Repairing.ImplementAsync(server);
        program.ShouldContain("return hours >= limit");
        program.ShouldContain("amount = 0");
        program.ShouldContain("return found");
        report.Subject.ShouldBe("program.py: 3 small repairs");
    }

    [Fact]
    public async Task What_cannot_be_repaired_does_not_lose_what_can()
    {
        using var work = Repairing.WorkTree(ThreeDefects);
        await using var server = new FakeTryServer(
            work, [.. Scenarios.Take(2), ("impossible", """["total", [7], 0]""", "\"a word that is nowhere\"")]);
        var (program, report) = await Repairing.ImplementAsync(server, a => a with { TimeoutSeconds = 20 });
        program.ShouldContain("return hours >= limit");
        report.Body.ShouldStartWith("A partial repair: 2 of 3 scenarios pass now.");
    }

    [Fact]
    public async Task A_keypoint_is_a_step_as_well()
    {
        using var work = Repairing.WorkTree(
            """
            def solve(a, b):
                low = a if a > b else b
                high = low
                return {"low": low, "high": high}
            """);
        await using var server = new FakeTryServer(
            work, ("up", "[1, 2]", """{"low": 1, "high": 2}"""), ("down", "[5, 3]", """{"low": 3, "high": 5}"""), ("far", "[-4, 9]", """{"low": -4, "high": 9}"""));
        var (_, report) = await Repairing.ImplementAsync(server, a => a with { TimeoutSeconds = 30 });
        report.Subject.ShouldNotBe("No change found");
    }

    [Fact]
    public async Task The_same_input_gives_the_same_repair()
    {
        var repairs = new List<(string, string)>();
        for (var run = 0; run < 2; run++)
        {
            using var work = Repairing.WorkTree(ThreeDefects);
            await using var server = new FakeTryServer(work, Scenarios);
            var (program, report) = await Repairing.ImplementAsync(server);
            repairs.Add((program, report.Subject));
        }

        repairs[0].ShouldBe(repairs[1]);
    }

    [Fact]
    public async Task A_repair_that_was_proposed_before_is_not_proposed_again()
    {
        const string Source = "def solve(n):\n    return n > 10\n";
        var (first, second) = ("", "");
        using (var work = Repairing.WorkTree(Source))
        {
            await using var server = new FakeTryServer(work, ("ten", "[10]", "true"), ("nine", "[9]", "false"));
            (first, _) = await Repairing.ImplementAsync(server);
        }

        using (var work = Repairing.WorkTree(Source))
        {
            await using var server = new FakeTryServer(work, ("ten", "[10]", "true"), ("nine", "[9]", "false"));
            var diff = $"--- a/program.py\n+++ b/program.py\n@@ -1,2 +1,2 @@\n def solve(n):\n-    return n > 10\n+{first.Split('\n')[1]}\n";
            (second, _) = await Repairing.ImplementAsync(server, a => a with { Attempts = [new Attempt(1, diff, "NeedMoreWork", 1)] });
        }

        first.ShouldBe("def solve(n):\n    return n >= 10\n");
        second.ShouldNotBe(first);
        second.ShouldNotBe(Source);
    }

    [Fact]
    public async Task A_candidate_that_was_only_incomplete_is_carried_on()
    {
        using var work = Repairing.WorkTree(ThreeDefects);
        await using var server = new FakeTryServer(work, Scenarios);
        var earlier = ThreeDefects.Replace("hours > limit", "hours >= limit", StringComparison.Ordinal);
        earlier.ShouldNotBe(ThreeDefects);
        var (program, report) = await Repairing.ImplementAsync(
            server, a => a with { Attempts = [new Attempt(1, Repairing.Diff(ThreeDefects, earlier), "NeedMoreWork: some of the batch still fails", 0.5)] });
        program.ShouldContain("return hours >= limit");
        report.Body.ShouldContain("Carries on from the candidate of iteration 1");
        report.Body.ShouldNotContain("'>=' instead of '>'");
    }

    [Fact]
    public async Task A_candidate_that_broke_something_is_not_carried_on()
    {
        using var work = Repairing.WorkTree(ThreeDefects);
        await using var server = new FakeTryServer(work, Scenarios);
        var earlier = ThreeDefects.Replace("hours > limit", "hours >= limit", StringComparison.Ordinal);
        var (_, report) = await Repairing.ImplementAsync(
            server, a => a with { Attempts = [new Attempt(1, Repairing.Diff(ThreeDefects, earlier), "Regressed: something that worked before does not work any more", 0.5)] });
        report.Body.ShouldNotContain("Carries on");
    }

    [Fact]
    public async Task Nothing_found_leaves_the_tree_and_says_so()
    {
        const string Source = "def solve():\n    return 1\n";
        using var work = Repairing.WorkTree(Source);
        await using var server = new FakeTryServer(work, ("word", "[]", "\"a word that is nowhere\""));
        var (program, report) = await Repairing.ImplementAsync(server);
        program.ShouldBe(Source);
        report.Subject.ShouldBe("No change found");
        report.Body.ShouldContain("Nothing was edited.");
    }

    [Fact]
    public async Task A_file_that_may_not_be_edited_is_never_touched()
    {
        const string Source = "def solve(n):\n    return n > 10\n";
        using var work = Repairing.WorkTree(Source);
        await using var server = new FakeTryServer(work, ("ten", "[10]", "true"));
        var (program, report) = await Repairing.ImplementAsync(server, a => a with { EditableFiles = [] });
        program.ShouldBe(Source);
        report.Subject.ShouldBe("No change found");
        server.Replayed.Keys.ShouldBe([Source]);
    }
}
