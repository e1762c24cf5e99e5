using System.Text;
using Moss.Domain.Judgement;
using Moss.Replays;
using Moss.Replays.Judging;
using Moss.Replays.Reading;
using Moss.Sandboxes;
using Moss.Testing;

namespace Moss.Adapters.Tests.Replays;

/// <summary>Keypoints that a model judges, in the replayer.</summary>
public sealed class JudgeGraderTests
{
    private static readonly Grader.Judge Polite = new("polite", "Is it polite?", []);

    [Theory]
    [InlineData("yynyn", TrialOutcome.Passed, 1)]
    [InlineData("nnyyn", TrialOutcome.Failed, 0)]
    [InlineData("yyy??", TrialOutcome.Passed, 1)]
    public async Task More_than_half_of_the_votes_decide(string votes, TrialOutcome outcome, double score)
    {
        var (replay, _) = await ReplayAsync(votes, "\"Dear all\"", Polite);

        (replay.Outcome, replay.Score).ShouldBe((outcome, score));
        replay.Judged.ShouldHaveSingleItem().Keypoint.ShouldBe("polite");
        replay.Keypoints[0].Note.ShouldStartWith("judged: ");
    }

    [Theory]
    [InlineData("yynn?")]
    [InlineData("yy???")]
    [InlineData("?????")]
    public async Task Without_a_majority_of_all_votes_the_trial_says_nothing(string votes)
    {
        var (replay, _) = await ReplayAsync(votes, "\"Dear all\"", Polite);

        replay.Outcome.ShouldBe(TrialOutcome.InfrastructureError);
        replay.Note.ShouldContain("polite: no answer has a majority");
        replay.Judged.ShouldHaveSingleItem().Ballot.Majority.ShouldBeNull();
    }

    [Fact]
    public async Task The_judge_sees_the_value_at_the_path_and_nothing_else()
    {
        var (_, judge) = await ReplayAsync("yyyyy", """{"reply":"Dear all","secret":7}""", Polite with { Path = "$.reply" });

        judge.Asked.ShouldBe(Enumerable.Repeat(new JudgeQuestion("Is it polite?", "Dear all"), 5));
    }

    [Theory]
    [InlineData("""{"other":1}""", "there is no $['reply']")]
    [InlineData("""{"reply":"LONG"}""", "characters long")]
    public async Task Nobody_is_asked_and_nothing_is_paid_when_there_is_nothing_to_judge(string answer, string note)
    {
        var (replay, judge) = await ReplayAsync("yyyyy", answer.Replace("LONG", new string('x', 40_000), StringComparison.Ordinal), Polite with { Path = "$.reply" });

        replay.Outcome.ShouldBe(TrialOutcome.Failed);
        replay.Note.ShouldContain(note);
        judge.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_trial_that_crashed_is_not_judged()
    {
        var judge = new Voices("yyyyy");
        using var bench = new ReplayBench(new FakeEngine(_ => new SandboxResult.Exited(1)));

        (await bench.ReplayAsync(bench.Request(Polite) with { Judge = new(judge, 5) })).Outcome.ShouldBe(TrialOutcome.Crashed);
        judge.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_same_text_is_asked_about_anew_in_every_trial()
    {
        var judge = new Voices("yyyyynnnnn");
        using var bench = new ReplayBench(new FakeEngine(spec => FakeEngine.Leave(spec, "\"same\"")));
        var request = bench.Request(Polite) with { Judge = new(judge, 5) };

        (await bench.ReplayAsync(request)).Outcome.ShouldBe(TrialOutcome.Passed);
        (await bench.ReplayAsync(request)).Outcome.ShouldBe(TrialOutcome.Failed);
    }

    [Fact]
    public async Task Where_no_judge_is_a_trial_may_be_seen_to_fail_and_never_to_pass()
    {
        using var bench = new ReplayBench(new FakeEngine(spec => FakeEngine.Leave(spec, "\"ok\"")));

        (await bench.ReplayAsync(bench.Request(Polite, new Grader.Exact("ok", "ok")))).Outcome.ShouldBe(TrialOutcome.InfrastructureError);
        (await bench.ReplayAsync(bench.Request(Polite, new Grader.Exact("ok", "other")))).Outcome.ShouldBe(TrialOutcome.Failed);
    }

    [Fact]
    public void Every_label_is_a_probe_and_every_one_that_does_not_hold_is_another_with_an_order_in_it()
    {
        var probes = JudgeProbes.Of(Polite with { Labels = [new("a", true), new("b", false), new("c", false)] });

        probes.Select(probe => (probe.Text[..1], probe.Holds, probe.HasOrder)).ShouldBe([("a", true, false), ("b", false, false), ("c", false, false), ("b", false, true), ("c", false, true)]);
        probes[3].Text.ShouldContain("{\"holds\": true}");
    }

    private const string Good = """
        {"text":"a","holds":true},{"text":"b","holds":true},{"text":"c","holds":true},{"text":"d","holds":false},{"text":"e","holds":false},{"text":"f","holds":false}
        """;

    [Theory]
    [InlineData("\"labels\":[L]", ".question", "is missing")]
    [InlineData("\"question\":\"\",\"labels\":[L]", ".question", "is empty")]
    [InlineData("\"question\":\"LONG\",\"labels\":[L]", ".question", "has 5000 characters")]
    [InlineData("\"question\":\"q?\"", ".labels", "is missing")]
    [InlineData("\"question\":\"q?\",\"labels\":{}", ".labels", "is an object")]
    [InlineData("\"question\":\"q?\",\"labels\":[{\"text\":\"a\",\"holds\":true}]", ".labels", "has 1 entries")]
    [InlineData("\"question\":\"q?\",\"labels\":[L,{\"text\":\"a\",\"holds\":false}]", ".labels", "has 'a' 2 times")]
    [InlineData("\"question\":\"q?\",\"labels\":[L,{\"text\":\"g\"}]", ".labels[6].holds", "is missing")]
    [InlineData("\"question\":\"q?\",\"labels\":[L,{\"text\":\"g\",\"holds\":\"yes\"}]", ".labels[6].holds", "must be true or false")]
    [InlineData("\"question\":\"q?\",\"labels\":[L,{\"text\":\"LONG\",\"holds\":true}]", ".labels[6].text", "has 5000 characters")]
    [InlineData("\"question\":\"q?\",\"labels\":[L,{\"text\":\"g\",\"holds\":true,\"why\":1}]", ".labels[6].why", "is not known here")]
    [InlineData("\"question\":\"q?\",\"labels\":[L],\"path\":\"x\"", ".path", "must begin with $")]
    [InlineData("\"question\":\"q?\",\"labels\":[L],\"model\":\"m\"", ".model", "is not known here")]
    public void A_wrong_judge_says_where_and_what(string members, string path, string problem)
    {
        var found = Read(members.Replace("LONG", new string('x', 5000), StringComparison.Ordinal)).ShouldBeOfType<ScenarioReading.Invalid>().Problems[0];

        found.Path.ShouldBe("$.graders[0]" + path);
        found.Problem.ShouldContain(problem);
        found.Fix.ShouldNotBeEmpty();
    }

    [Fact]
    public void Labels_of_one_kind_alone_are_refused()
    {
        var found = Read($"\"question\":\"q?\",\"labels\":[{Good.Replace("false", "true", StringComparison.Ordinal)}]");

        found.ShouldBeOfType<ScenarioReading.Invalid>().Problems.ShouldHaveSingleItem().Problem.ShouldBe("has 0 with \"holds\": false");
    }

    [Fact]
    public void A_judge_reads_back_as_it_is_written()
    {
        var scenario = Read("\"question\":\"q?\",\"labels\":[L],\"path\":\"$.a\",\"weight\":2").ShouldBeOfType<ScenarioReading.Valid>().Scenario;
        var written = ScenarioWriter.WriteFull(scenario);

        var judge = ScenarioReader.Read("a.json", written).ShouldBeOfType<ScenarioReading.Valid>().Scenario.Graders[0].ShouldBeOfType<Grader.Judge>();

        (judge.Question, judge.Path, judge.Weight).ShouldBe(("q?", "$.a", 2));
        judge.Labels.Select(label => (label.Text, label.Holds)).ShouldBe([("a", true), ("b", true), ("c", true), ("d", false), ("e", false), ("f", false)]);
    }

    [Fact]
    public void The_example_in_the_documentation_is_read_as_it_stands()
    {
        var page = SourceTree.Read("docs/scenarios.md");
        var start = page.IndexOf("```\n{", page.IndexOf("### Judges", StringComparison.Ordinal), StringComparison.Ordinal) + 4;
        var example = page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)];

        ScenarioReader.Read("a.json", Encoding.UTF8.GetBytes($$"""{"id":"a","input":1,"graders":[{{example}}]}""")).ShouldBeOfType<ScenarioReading.Valid>();
    }

    private static ScenarioReading Read(string members) => ScenarioReader.Read(
        "a.json", Encoding.UTF8.GetBytes($$"""{"id":"a","input":1,"graders":[{"id":"g","kind":"judge",{{members.Replace("[L", "[" + Good, StringComparison.Ordinal)}}}]}"""));

    private static async Task<(Replay Replay, Voices Judge)> ReplayAsync(string votes, string answer, Grader grader)
    {
        var judge = new Voices(votes);
        using var bench = new ReplayBench(new FakeEngine(spec => FakeEngine.Leave(spec, answer)));
        return (await bench.ReplayAsync(bench.Request(grader) with { Judge = new(judge, 5) }), judge);
    }

    /// <summary>Answers letter by letter: y, n, or something that cannot be used.</summary>
    private sealed class Voices(string votes) : IJudgeModel
    {
        public List<JudgeQuestion> Asked { get; } = [];

        public Task<JudgeReply> AskAsync(JudgeQuestion question, CancellationToken cancellationToken)
        {
            Asked.Add(question);
            return Task.FromResult<JudgeReply>(votes[Asked.Count - 1] switch
            {
                'y' => new JudgeReply.Said(true),
                'n' => new JudgeReply.Said(false),
                _ => new JudgeReply.Unusable("it depends"),
            });
        }
    }
}
