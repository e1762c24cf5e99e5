using Microsoft.AspNetCore.Http;
using Moss.Cli.Commands.Evo;
using Moss.Cli.Tests.Running;

namespace Moss.Cli.Tests.Commands;

/// <summary>What a person sees, also through a pipe.</summary>
public sealed class TextTests : IAsyncLifetime
{
    private readonly FakeMoss moss = new();

    public async Task InitializeAsync()
    {
        await moss.InitializeAsync();
        Sample.Teach(moss);
    }

    public Task DisposeAsync() => moss.DisposeAsync();

    [Theory]
    [InlineData("evo status")]
    [InlineData("evo batches")]
    public async Task An_id_in_a_table_can_be_copied_whole(string words)
    {
        var ran = await MossCommand.RunAsync(moss.Url, words.Split(' '));

        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain((words == "evo status" ? Sample.EvolutionId : Sample.BatchId).ToString());
        ran.Output.ShouldContain("till");
    }

    [Fact]
    public async Task An_evolution_is_shown_with_its_scenarios_and_its_end()
    {
        var ran = await MossCommand.RunAsync(moss.Url, "evo", "status", Sample.EvolutionId.ToString());

        ran.Output.ShouldContain("iteration 1: Converged: everything passes");
        ran.Output.ShouldContain("ended: Converged: everything passes");
        ran.Output.ShouldContain("3/3 (0.44 to 1.00)");
        ran.Output.ShouldContain("3 + 3");
        ran.Output.ShouldContain("corpus");
    }

    [Fact]
    public async Task What_production_took_back_is_shown_with_the_reason()
    {
        moss.On($"GET /api/evolutions/{Sample.EvolutionId}", Sample.RolledBack with { Production = new(Sample.Commit, Sample.Commit, "4 outcomes in a row failed", "watch") });
        moss.On($"GET /api/batches/{Sample.BatchId}", Sample.Batch with { Sealed = false, Reopenings = [new(Sample.EvolutionId, "4 outcomes in a row failed")] });

        (await MossCommand.RunAsync(moss.Url, "evo", "status", Sample.EvolutionId.ToString())).Output
            .ShouldContain("rolled back in production by watch: 4 outcomes in a row failed");
        (await MossCommand.RunAsync(moss.Url, "evo", "batch", Sample.BatchId.ToString())).Output
            .ShouldContain($"reopened after evolution {Sample.EvolutionId}: 4 outcomes in a row failed");
    }

    [Fact]
    public async Task A_complaint_is_shown_as_it_was_said_brackets_and_all()
    {
        var ran = await MossCommand.RunAsync(moss.Url, "evo", "batch", Sample.BatchId.ToString());

        ran.Output.ShouldContain("The [total] is wrong.");
        ran.Output.ShouldContain("sealed");
    }

    [Fact]
    public async Task Watching_tells_each_event_and_stops_at_the_question()
    {
        moss.Streams(
            $"/api/evolutions/{Sample.EvolutionId}/stream",
            Sample.Stage("Baseline", 0, 1, 1), Sample.Entry("consent-requested", new { commit = Sample.Commit }), Sample.Entry("ended", new { }));
        moss.On($"GET /api/evolutions/{Sample.EvolutionId}", Sample.Evolution("AwaitingConsent"));

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "watch", Sample.EvolutionId.ToString());

        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("09:00:01 [0] Baseline");
        ran.Output.ShouldContain("waiting for consent to c0ffee01");
        ran.Output.ShouldContain($"consent with: moss evo apply {Sample.EvolutionId}");
        ran.Output.ShouldNotContain("ended");
    }

    [Fact]
    public async Task Watching_as_json_prints_an_object_a_line()
    {
        moss.Streams(
            $"/api/evolutions/{Sample.EvolutionId}/stream",
            Sample.Stage("Baseline", 0, 1, 1), Sample.Entry("consent-requested", new { commit = Sample.Commit }));
        moss.On($"GET /api/evolutions/{Sample.EvolutionId}", Sample.Evolution("AwaitingConsent"));

        var ran = await MossCommand.RunAsync(moss.Url, "evo", "watch", Sample.EvolutionId.ToString(), "--json");

        ran.Output.TrimEnd('\n').Split('\n').Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("name").GetString())
            .ShouldBe(["evolution.stage-requested.v1", "evolution.consent-requested.v1"]);
    }

    [Fact]
    public async Task A_corpus_is_listed_with_what_it_rests_on()
    {
        var ran = await MossCommand.RunAsync(moss.Url, "substrate", "corpus", "till");

        ran.Output.ShouldContain("till: 1 scenarios guard, 0 of them not proven to be able to fail; 1 quarantined, 0 duplicates");
        ran.Output.ShouldContain("6 of 6 trials failed without the fix");
        ran.Output.ShouldContain("3 of 6 passed");
    }

    [Fact]
    public async Task The_audit_says_how_much_it_looked_at()
    {
        (await MossCommand.RunAsync(moss.Url, "audit", "verify")).Output.ShouldContain("40 events in 3 streams: nothing was changed");
    }

    [Fact]
    public async Task What_was_derived_again_and_agrees_is_counted()
    {
        (await MossCommand.RunAsync(moss.Url, "audit", "rederive", Sample.EvolutionId.ToString())).Output
            .ShouldContain("2 decisions derived again from stored events alone: all agree");
    }

    [Fact]
    public async Task Keypoints_are_shown_by_iteration_with_the_best_so_far()
    {
        var ran = await MossCommand.RunAsync(moss.Url, "evo", "matrix", Sample.EvolutionId.ToString());

        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("baseline");
        ran.Output.ShouldContain("0.50 (1)");
        ran.Output.ShouldContain("plateaued: no keypoint beat its best for 1 iteration");
    }

    [Fact]
    public async Task A_verdict_is_shown_with_its_three_answers_its_intervals_and_outcomes_that_are_not_merged()
    {
        var ran = await MossCommand.RunAsync(moss.Url, "evo", "verdict", Sample.EvolutionId.ToString());

        ran.Code.ShouldBe(0);
        ran.Output.ShouldStartWith("Converged: every scenario of the batch passes");
        ran.Output.ShouldContain("3 failed, 1 timed out, 1 crashed, 1 not run; 6 passed");
        ran.Output.ShouldContain("0.54 to 1.00");
        ran.Output.ShouldContain("fixed?        yes: 6 pairs better, 0 worse of 6; p = 0.0156, to be at most 0.0167");
        ran.Output.ShouldContain("safe?         yes");
        ran.Output.ShouldContain("flaky: flaky, live 4/6, candidate 2/3, p = 0.6 against 0.05: too few trials to see even a complete loss");
        ran.Output.ShouldContain("generalises?  not enough evidence");
        ran.Output.ShouldContain("fires?        yes: 3 of 5 changed lines");
        ran.Output.ShouldContain("one failed trial of the candidate");
        ran.Output.ShouldContain("one/tone");
        ran.Output.ShouldContain("accepted");
        ran.Output.ShouldContain("REFUSED");
        ran.Output.ShouldContain("kept/tone: it agrees with 3 of 6 labels");
    }

    [Theory]
    [InlineData(0.015625, "0.0156")]
    [InlineData(0.0000152587890625, "1.53E-5")]
    [InlineData(1, "1")]
    public void A_small_chance_is_not_shown_as_none(double chance, string shown) => VerdictCommand.Chance(chance).ShouldBe(shown);

    [Fact]
    public async Task Costs_are_a_table_with_its_total_and_say_what_is_estimated()
    {
        var ran = await MossCommand.RunAsync(moss.Url, "cost", "report", "--by", "agent");

        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("of them estimated");
        ran.Output.Split('\n').ShouldContain(line => line.Contains("claude", StringComparison.Ordinal) && line.Contains("1.2500", StringComparison.Ordinal) && line.Contains("0.2500", StringComparison.Ordinal));
        ran.Output.Split('\n').ShouldContain(line => line.Contains("total", StringComparison.Ordinal) && line.Contains("120000", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("add")]
    [InlineData("check")]
    public async Task What_could_be_better_in_a_repository_is_noted(string verb)
    {
        var ran = await MossCommand.RunAsync(moss.Url, "substrate", verb, "/srv/till");

        ran.Code.ShouldBe(0);
        ran.Output.ShouldContain("it has no tests");
    }

    [Fact]
    public async Task Starting_says_how_to_follow()
    {
        (await MossCommand.RunAsync(moss.Url, "evo", "start", Sample.BatchId.ToString())).Output
            .ShouldContain($"moss evo watch {Sample.EvolutionId}");
    }

    [Fact]
    public async Task Without_its_launcher_it_says_what_is_missing()
    {
        var ran = await MossCommand.RunAsync(moss.Url, "up");

        ran.Code.ShouldBe(2);
        ran.Error.ShouldContain("MOSS_HOME");
        ran.Error.ShouldContain("./moss");
    }

    [Fact]
    public async Task A_diff_through_a_pipe_has_no_colours_whatever_the_terminal_is()
    {
        moss.On($"GET /api/artifacts/{Sample.Question.DiffArtifact}", context => context.Response.WriteAsync("@@ -1 +1 @@\n-old\n+new\n"));

        var ran = await MossCommand.RunAsync(
            new Dictionary<string, string> { ["MOSS_URL"] = moss.Url, ["TERM"] = "xterm-256color", ["COLORTERM"] = "truecolor" },
            "evo", "apply", Sample.EvolutionId.ToString());

        ran.Output.ReplaceLineEndings("\n").ShouldContain("@@ -1 +1 @@\n-old\n+new\n");
        ran.Output.ShouldNotContain('\u001b');
        ran.Code.ShouldBe(2, "nobody can be asked through a pipe");
        ran.Error.ShouldContain("--yes");
    }
}
