using System.Collections.Immutable;
using Moss.AgentTools.Search;
using Moss.AgentTools.Search.Driver;
using Moss.AgentTools.Search.Profile;
using Moss.AgentTools.Search.Python;
using Moss.AgentTools.Try;

namespace Moss.Adapters.Tests.Search;

public sealed class ValueProfileTests
{
    private const string Source = """
        '''Adds things up.'''
        from __future__ import annotations
        import json


        def solve(a, b, items):
            '''Of some items.'''
            same = a
            total = a + b
            if total > 10:
                return items[0]
            return total
        """;

    [Fact]
    public async Task Values_tell_what_a_change_would_do()
    {
        var delays = await DelaysAsync(("one", "[1, 2, []]", "0"));
        delays["use 'same' instead of 'a'"].ShouldBe(3);
        delays["use 'items' instead of 'b'"].ShouldBe(2);
        delays["use 'b' instead of 'a'"].ShouldBe(0);
    }

    [Fact]
    public async Task A_change_of_what_passes_comes_later()
    {
        var alone = await DelaysAsync(("fails", "[3, 9, [1]]", "0"));
        var beside = await DelaysAsync(("fails", "[3, 9, [1]]", "0"), ("passes", "[4, 4, []]", "8"));
        beside["use '-' instead of '+'"].ShouldBeGreaterThan(alone["use '-' instead of '+'"]);
    }

    [Fact]
    public async Task A_program_with_probes_does_what_it_did()
    {
        using var work = Repairing.WorkTree(Source);
        await using var server = new FakeTryServer(work, ("sum", "[1, 2, []]", "3"), ("first", "[9, 9, [7]]", "7"), ("crash", "[9, 9, []]", "0"));
        await using var replays = new SocketReplays(server.Socket);
        var runner = new Runner(replays, [.. server.Ids], coverage: true);
        var tree = SourceTree.Of([KeyValuePair.Create(FakeTryServer.Program, Source)]);
        var mutants = Mutants();
        var plan = ProbePlan.Of(mutants, 1_000_000);
        var probed = tree.With(FakeTryServer.Program, new PythonProbe().Instrument(new SourceText(FakeTryServer.Program, Source), plan.In(FakeTryServer.Program)));
        var (before, after) = (await runner.MeasureAsync(tree, CancellationToken.None), await runner.MeasureAsync(probed, CancellationToken.None));
        after.Results.Values.Select(r => (r.Scenario, r.Outcome, r.Score)).ShouldBe(before.Results.Values.Select(r => (r.Scenario, r.Outcome, r.Score)));
        before.Results.Values.Select(r => r.Outcome).ShouldBe(["crashed", "passed", "passed"]);
    }

    [Theory]
    [InlineData("a + b", true)]
    [InlineData("len(a) > 0", true)]
    [InlineData("a.get(b)", true)]
    [InlineData("[x for x in a if x]", true)]
    [InlineData("a.pop()", false)]
    [InlineData("f(a)", false)]
    [InlineData("a ** b", false)]
    [InlineData("f'{a()}'", false)]
    [InlineData("(a := b)", false)]
    [InlineData("a +", false)]
    [InlineData("", false)]
    public void Only_what_does_nothing_else_is_computed(string expression, bool pure) => Purity.IsPure(expression).ShouldBe(pure);

    [Theory]
    [InlineData("")]
    [InlineData("Traceback")]
    [InlineData("MOSS-VALUES {\"path\": \"a.py\", \"told\": {\"3\": [1,")]
    [InlineData("MOSS-VALUES null")]
    [InlineData("MOSS-VALUES {}")]
    public void Output_that_is_cut_off_tells_nothing(string error) => new PythonProbe().Read(error).ShouldBeEmpty();

    [Fact]
    public void The_last_word_counts() =>
        new PythonProbe().Read("MOSS-VALUES {\"path\":\"a.py\",\"told\":{\"3\":[0]}}\nnoise\nMOSS-VALUES {\"path\":\"a.py\",\"told\":{\"3\":[0,1]}}\n")[("a.py", 3)].ShouldBe([0, 1]);

    private static ImmutableArray<Mutant> Mutants() => [.. new PythonLanguage().Mutate(new SourceText(FakeTryServer.Program, Source), _ => true)];

    private static async Task<Dictionary<string, double>> DelaysAsync(params (string, string, string)[] scenarios)
    {
        using var work = Repairing.WorkTree(Source);
        await using var server = new FakeTryServer(work, scenarios);
        await using var replays = new SocketReplays(server.Socket);
        var runner = new Runner(replays, [.. server.Ids], coverage: true);
        var tree = SourceTree.Of([KeyValuePair.Create(FakeTryServer.Program, Source)]);
        var board = await runner.MeasureAsync(tree, CancellationToken.None);
        var mutants = Mutants().Select(m => new RankedMutant(m, tree, m.Cost)).OrderBy(m => m.Rank).ToList();
        var profile = await new Profiler(runner, [new PythonLanguage()]).ProfileAsync(
            mutants, board.Results.Values.First(r => !r.Passed), board, CancellationToken.None);
        return mutants.DistinctBy(m => m.Mutant.What).ToDictionary(m => m.Mutant.What, m => profile.DelayOf(m.Mutant));
    }
}
