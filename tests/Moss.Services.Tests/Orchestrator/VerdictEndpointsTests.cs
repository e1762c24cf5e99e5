using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;

namespace Moss.Services.Tests.Orchestrator;

public sealed class VerdictEndpointsTests(ApiBench bench) : IClassFixture<ApiBench>
{
    private readonly EvolutionFacts facts = new(Guid.NewGuid());

    [Fact]
    public async Task A_verdict_is_explained()
    {
        await GiveAsync(Ruled());

        var (status, body) = await bench.GetAsync($"/api/evolutions/{facts.Id}/verdict");

        status.ShouldBe(200);
        body.GetProperty("verdict").GetString().ShouldBe("Converged");
        body.GetProperty("fixed").GetProperty("answer").GetString().ShouldBe("yes");
        body.GetProperty("safe").GetProperty("answer").GetString().ShouldBe("yes");
        body.GetProperty("safe").GetProperty("guards")[0].GetProperty("live").GetString().ShouldBe("Steady");
        body.GetProperty("generalises").GetProperty("answer").GetString().ShouldBe("not enough evidence");
        body.GetProperty("scenarios")[0].GetProperty("after").GetProperty("passed").GetInt32().ShouldBe(3);
        body.GetProperty("wouldChange").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task What_was_never_tried_is_explained_without_answers()
    {
        await GiveAsync(facts.UpTo(Phase.Planning));

        var (_, body) = await bench.GetAsync($"/api/evolutions/{facts.Id}/verdict");

        body.GetProperty("fixed").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        body.GetProperty("scenarios").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task The_matrix_shows_each_keypoint_of_the_batch_from_the_baseline_on()
    {
        await GiveAsync(Ruled());

        var (status, body) = await bench.GetAsync($"/api/evolutions/{facts.Id}/matrix");

        status.ShouldBe(200);
        body.GetProperty("iterations").EnumerateArray().Select(column => column.GetInt32()).ShouldBe([0, 1]);
        var keypoints = body.GetProperty("keypoints").EnumerateArray().ToList();
        keypoints.Select(row => row.GetProperty("scenario").GetString()).ShouldBe(["one", "two"]);
        keypoints[0].GetProperty("means").EnumerateArray().Select(mean => mean.GetDouble()).ShouldBe([0, 1]);
        (keypoints[0].GetProperty("best").GetDouble(), keypoints[0].GetProperty("bestAt").GetInt32()).ShouldBe((1, 1));
        body.GetProperty("plateaued").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_stranger_has_no_matrix() => (await bench.GetAsync($"/api/evolutions/{Guid.NewGuid()}/matrix")).Status.ShouldBe(404);

    [Fact]
    public async Task Stored_decisions_are_made_anew_and_agree()
    {
        await GiveAsync(Ruled());

        var (_, body) = await bench.GetAsync($"/api/audit/rederive/{facts.Id}");

        body.GetProperty("ok").GetBoolean().ShouldBeTrue();
        body.GetProperty("decisions").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_ruling_that_was_tampered_with_is_shown_with_what_it_should_be()
    {
        await GiveAsync(Ruled().Select(@event => @event is TrialsCompleted ? facts.Tried(two: "---") : @event));

        var (_, body) = await bench.GetAsync($"/api/audit/rederive/{facts.Id}");

        body.GetProperty("ok").GetBoolean().ShouldBeFalse();
        var ruling = body.GetProperty("rows")[0];
        ruling.GetProperty("result").GetString().ShouldBe("Differs");
        ruling.GetProperty("differences").EnumerateArray().Select(difference => difference.GetProperty("derived").GetString()).ShouldContain("NeedMoreWork");
    }

    [Fact]
    public async Task A_stranger_cannot_be_derived() => (await bench.GetAsync($"/api/audit/rederive/{facts.Id}")).Status.ShouldBe(404);

    private Task GiveAsync(IEnumerable<object> story) => bench.GiveAsync(facts.Id, TimeSpan.Zero, story);

    private object[] Ruled()
    {
        object[] judged = [.. facts.UpTo(Phase.Judging), facts.Proposed()];
        return [.. judged, Rulings.OnTrials(EvolutionFacts.Fold(judged)), facts.Asked()];
    }
}
