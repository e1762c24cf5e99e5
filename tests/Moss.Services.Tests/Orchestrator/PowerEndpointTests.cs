namespace Moss.Services.Tests.Orchestrator;

public sealed class PowerEndpointTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task What_a_plan_can_show_is_computed_before_it_is_spent()
    {
        var (status, body) = await bench.GetAsync("/api/evolutions/power?depth=light&scenarios=2&before=0&after=1");

        status.ShouldBe(200);
        body.GetProperty("pairsNeeded").GetInt32().ShouldBe(6);
        body.GetProperty("planned").GetProperty("trials").GetInt32().ShouldBe(3);
        body.GetProperty("planned").GetProperty("repaired").GetDouble().ShouldBe(1);
        body.GetProperty("curve")[0].GetProperty("repaired").GetDouble().ShouldBe(0, "two trials of two scenarios are four pairs");
    }

    [Theory]
    [InlineData("depth=bottomless", "depth")]
    [InlineData("depth=7", "depth")]
    [InlineData("scenarios=0", "scenarios")]
    [InlineData("before=1.5", "before")]
    [InlineData("after=-1", "after")]
    [InlineData("alpha=0", "alpha")]
    public async Task What_cannot_be_is_refused_by_name(string query, string field)
    {
        var (status, body) = await bench.GetAsync($"/api/evolutions/power?{query}");

        status.ShouldBe(400);
        body.GetProperty("field").GetString().ShouldBe(field);
    }
}
