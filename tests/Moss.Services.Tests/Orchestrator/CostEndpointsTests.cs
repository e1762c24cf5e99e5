using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;

namespace Moss.Services.Tests.Orchestrator;

public sealed class CostEndpointsTests(ApiBench bench) : IClassFixture<ApiBench>
{
    [Fact]
    public async Task What_was_paid_for_is_reported_with_the_part_that_is_estimated()
    {
        var facts = new EvolutionFacts(Guid.NewGuid());
        await bench.GiveAsync(
            facts.Id, TimeSpan.Zero, facts.Started() with { Substrate = "paid" }, new MoneySpent(facts.Key(Stage.Locate), "claude", 0.5m, 1000, 50, 12.25),
            new MoneySpent(facts.Key(Stage.Plan), "claude", 0.25m, 10, 5, 1) { Estimated = true });

        var (status, body) = await bench.GetAsync("/api/costs?by=agent&substrate=paid");

        status.ShouldBe(200);
        body.GetProperty("by").GetString().ShouldBe("agent");
        var row = body.GetProperty("rows").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("name").GetString().ShouldBe("claude");
        row.GetProperty("calls").GetInt32().ShouldBe(2);
        row.GetProperty("dollars").GetDecimal().ShouldBe(0.75m);
        row.GetProperty("estimatedDollars").GetDecimal().ShouldBe(0.25m);
        body.GetProperty("total").GetProperty("tokensIn").GetInt64().ShouldBe(1010);
    }

    [Fact]
    public async Task Nothing_paid_is_a_report_with_no_rows()
    {
        var (status, body) = await bench.GetAsync("/api/costs?substrate=nobody");

        status.ShouldBe(200);
        body.GetProperty("by").GetString().ShouldBe("substrate");
        body.GetProperty("rows").GetArrayLength().ShouldBe(0);
        body.GetProperty("total").GetProperty("dollars").GetDecimal().ShouldBe(0);
    }

    [Theory]
    [InlineData("by=weekday", "by")]
    [InlineData("by=1", "by")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-02-30", "to")]
    [InlineData("from=2026-02-02&to=2026-02-01", "to")]
    public async Task What_cannot_be_is_refused_by_name(string query, string field)
    {
        var (status, body) = await bench.GetAsync($"/api/costs?{query}");

        status.ShouldBe(400);
        body.GetProperty("field").GetString().ShouldBe(field);
    }
}
