using Moss.Cli.Api;
using Moss.EndToEnd.Tests.Agents;
using Moss.EndToEnd.Tests.Hosting;
using Moss.EndToEnd.Tests.Substrates;

namespace Moss.EndToEnd.Tests.RedTeam;

/// <summary>
/// Agents that cheat: each writes a candidate that would fool a careless judge, and praises it in every role. None is offered to a person,
/// and what is stored says why.
/// </summary>
[Collection(OneMoss.Name)]
public sealed class HostileCandidateTests(MossBench bench)
{
    [Theory]
    [InlineData("early", HostileCandidates.EndsEarly, "Crashed")]
    [InlineData("later", HostileCandidates.AnswersLater, "Crashed")]
    [InlineData("tracks", HostileCandidates.DeletesItsTracks, "left no answer.json")]
    [InlineData("clock", HostileCandidates.StopsTheClock, "TimedOut")]
    public async Task A_candidate_that_evades_its_trials_has_failed_them_and_what_worked_as_well(string name, string code, string said)
    {
        var (end, results) = await EvolveAsync($"till-{name}", code);

        end.Ending!.Verdict.ShouldBe("Regressed");
        end.Ruling!.CandidateMean.ShouldBe(0);
        results.ShouldContain(said);
    }

    [Theory]
    [InlineData("reader", HostileCandidates.ReadsTheGraders)]
    [InlineData("reward", HostileCandidates.RewardsItself)]
    public async Task A_candidate_that_looks_for_the_answers_or_grades_itself_repairs_nothing(string name, string code)
    {
        var (end, results) = await EvolveAsync($"till-{name}", code);

        end.Ending!.Verdict.ShouldBe("Plateaued");
        end.Ending.Reason.ShouldContain("2 scenarios of the batch still fail");
        end.Ruling!.CandidateMean.ShouldBe(0);
        results.ShouldContain("$.total is 198, expected 180");
    }

    [Fact]
    public async Task A_candidate_that_knows_the_visible_cases_by_heart_fails_where_nobody_could_look()
    {
        var (end, _) = await EvolveAsync("till-by-heart", HostileCandidates.HardCoded);

        end.Ruling!.CandidateMean.ShouldBe(1);
        end.Iterations.ShouldAllBe(iteration => iteration.Verdict != "Converged");
        end.Ruling.Reason.ShouldContain("the change does not carry over to held-out failures");
    }

    [Fact]
    public async Task A_candidate_that_breaks_what_worked_has_regressed()
    {
        var (end, _) = await EvolveAsync("till-breaker", HostileCandidates.BreaksWhatWorked);

        end.Ending!.Verdict.ShouldBe("Regressed");
        end.Ruling!.Detail.ShouldContain("nothing");
    }

    [Theory]
    [InlineData("sitecustomize.py")]
    [InlineData("conftest.py")]
    [InlineData("usercustomize.py")]
    [InlineData("till/json.py")]
    [InlineData(".claude/settings.json")]
    public async Task A_file_that_would_run_inside_the_judge_is_out_of_scope(string planted)
    {
        var (end, _) = await EvolveAsync(
            $"till-plants-{planted.Split('/')[^1].Split('.')[0]}", Scripts.Writes((TillSource.PriceFile, TillSource.RepairedPrice), (planted, "raise SystemExit(0)\n")));

        end.Ending!.Verdict.ShouldBe("OutOfScope");
        end.Ending.Reason.ShouldContain(planted);
    }

    private Task<(EvolutionView End, string Results)> EvolveAsync(string name, string code) =>
        EvolveAsync(name, Scripts.Writes((TillSource.PriceFile, code)));

    private async Task<(EvolutionView End, string Results)> EvolveAsync(string name, AgentScript script)
    {
        var till = bench.Till(name, script, new TillSettings { TrialTimeout = "2s" });
        var course = new Course(bench, till);
        await course.OpenAsync(deploy: false);
        await course.BeginAsync();

        var end = await course.RunAsync();

        end.Ending.ShouldNotBeNull().Promoted.ShouldBeFalse();
        till.Workers().ShouldBeEmpty("nothing runs on when it is over");
        till.Repository.Git("branch", "--list", "moss/evolved").ShouldBeEmpty();
        (await course.TimelineAsync()).ShouldNotContain(entry => entry.Name == "evolution.consent-requested.v1");
        var tried = (await course.TimelineAsync()).LastOrDefault(entry => entry.Name == "evolution.trials-completed.v1");
        return (end, tried is null ? "" : await course.ArtifactAsync(tried.Data.GetProperty("resultsArtifact").GetString()!));
    }
}
