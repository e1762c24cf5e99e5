using System.Collections.Immutable;
using Moss.Contracts.Trials;
using Moss.Domain.Judgement;

namespace Moss.Services.Tests.Trials;

public sealed class TouchProbeTests
{
    [Fact]
    public async Task With_more_held_out_scenarios_than_are_replayed_first_it_is_looked_what_each_runs()
    {
        await using var bench = await StartAsync();

        var answer = await bench.AskAsync<TrialsCompleted>(Baseline(firstGuards: 1));

        answer.Touched.ShouldNotBeNull().Select(run => $"{run.Scenario}: {string.Join(' ', run.Files)}").ShouldBe(["three: main.py three.py", "two: main.py two.py"]);
        answer.Trials.Count.ShouldBe(6, "what was run to look counts for no verdict");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public async Task Where_all_are_replayed_at_once_nothing_is_looked_for(int? firstGuards)
    {
        await using var bench = await StartAsync();

        (await bench.AskAsync<TrialsCompleted>(Baseline(firstGuards))).Touched.ShouldBeNull();

        bench.Replayer.Requests.ShouldAllBe(request => !request.WithCoverage);
    }

    [Fact]
    public async Task A_scenario_that_is_for_later_is_tried_after_all_others()
    {
        await using var bench = await StartAsync();
        bench.Replayer.Run = (request, _) => Task.FromResult(ScriptedReplayer.Of(
            request.Scenario.Id == "one" && TrialsBench.Tree(request).EndsWith(TrialsBench.Base, StringComparison.Ordinal) ? TrialOutcome.Failed : TrialOutcome.Passed));

        var answer = await bench.AskAsync<TrialsCompleted>(TrialsBench.Watched(2, new("one", "Batch", 6), new("three", "Corpus", 2, Later: true), new("two", "Corpus", 2)));

        answer.Trials.Count.ShouldBe((6 + 2 + 2) * 2);
        bench.Replayed.Where(replayed => replayed[0] is 'o' or 't').Skip(16).Take(4).ShouldAllBe(replayed => replayed.StartsWith("three", StringComparison.Ordinal));
    }

    private static RunTrials Baseline(int? firstGuards) =>
        TrialsBench.Baseline() with { Subject = TrialsBench.Subject("one"), FirstGuards = firstGuards };

    private static async Task<TrialsBench> StartAsync()
    {
        var bench = await TrialsBench.StartAsync(declaration => declaration with { Trial = declaration.Trial with { Coverage = "python" } });
        bench.Replayer.Run = (request, _) => Task.FromResult(ScriptedReplayer.Of(TrialOutcome.Passed) with
        {
            Coverage = request.WithCoverage
                ? ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty.Add("main.py", [1]).Add($"{request.Scenario.Id}.py", [1])
                : ImmutableSortedDictionary<string, ImmutableArray<int>>.Empty,
        });
        return bench;
    }
}
