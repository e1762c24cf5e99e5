using Moss.ModelProxy.Metering;
using Moss.ModelProxy.Pricing;

namespace Moss.Adapters.Tests.ModelProxy;

/// <summary>What tokens cost, and that no more is spent than there is.</summary>
public sealed class PricingTests
{
    [Theory]
    [InlineData("gpt-5", 1.25)]
    [InlineData("gpt-5-mini-2025-08-07", 0.25)]
    [InlineData("openai/gpt-4.1-nano", 0.10)]
    [InlineData("claude-sonnet-4-5-20250929", 3.00)]
    [InlineData("anthropic/claude-opus-4-5", 5.00)]
    public void The_shipped_list_knows_a_model_by_its_pattern(string model, double dollars)
    {
        var price = PriceList.Shipped.For(model);

        price.In.ShouldBe((decimal)dollars);
        price.Known.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("my-own-model")]
    [InlineData("gpt-5-ultra")]
    public void A_model_that_is_not_in_the_list_has_a_dear_price_and_is_marked(string model)
    {
        var price = PriceList.Shipped.For(model);

        price.Known.ShouldBeFalse();
        price.In.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Rows_of_another_list_come_first()
    {
        var list = PriceList.Shipped.With("""{ "models": [ { "match": "gpt-5*", "in": 7, "out": 8 }, { "match": "*", "in": 0, "out": 0 } ] }""");

        list.For("gpt-5-mini").ShouldBe(new ModelPrice(7, 7, 7, 8, Known: true));
        list.For("of-my-own").Of(new(1000, 0, 0, 1000, false)).ShouldBe(0);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("{}", "models is missing")]
    [InlineData("""{ "models": [ { "in": 1, "out": 1 } ] }""", "no match")]
    [InlineData("""{ "models": [ { "match": "m", "in": -1, "out": 1 } ] }""", "'m' has a price below 0")]
    [InlineData("""{ "models": [ { "match": "m", "out": 1 } ] }""", "'m' has a price below 0, or none for in or out")]
    [InlineData("""{ "models": [ { "match": "m", "in": 1, "out": 1, "price": 2 } ] }""", "price")]
    [InlineData("""{ "models": [], "unknown": { "in": 1 } }""", "'unknown'")]
    public void A_list_that_is_none_is_refused(string json, string message) =>
        Should.Throw<FormatException>(() => PriceList.Shipped.With(json)).Message.ShouldContain(message);

    [Fact]
    public void Cached_tokens_cost_what_cached_tokens_cost()
    {
        var price = new ModelPrice(3, 0.3m, 3.75m, 15, Known: true);

        price.Of(new(1_000_000, 400_000, 100_000, 10_000, false)).ShouldBe((0.5m * 3) + (0.4m * 0.3m) + (0.1m * 3.75m) + (0.01m * 15));
    }

    [Theory]
    [InlineData(10, 20, 30)]
    [InlineData(10, 0, 99)]
    [InlineData(0, 5, 5)]
    public void More_cached_tokens_than_there_are_cost_no_less_than_nothing(long read, long cached, long written) =>
        new ModelPrice(3, 0.3m, 3.75m, 15, Known: true).Of(new(read, cached, written, 0, false)).ShouldBeGreaterThanOrEqualTo(0);

    [Fact]
    public void What_a_call_can_cost_is_no_less_than_what_it_costs()
    {
        var random = new Random(11);
        for (var round = 0; round < 500; round++)
        {
            var price = new ModelPrice(random.Next(10), random.Next(3), random.Next(12), random.Next(30), Known: true);
            price = price with { CachedIn = Math.Min(price.CachedIn, price.In) };
            var use = new TokenUse(random.Next(1000), random.Next(1000), random.Next(1000), random.Next(1000), false);

            price.Of(use).ShouldBeLessThanOrEqualTo(price.AtMost(use.In, use.Out));
        }
    }

    [Fact]
    public void Money_that_is_set_aside_cannot_be_had_twice()
    {
        var budget = new ModelBudget(1.00m);

        var first = budget.Reserve(0.60m).ShouldNotBeNull();
        budget.Reserve(0.60m).ShouldBeNull();
        first.Settle(0.10m);

        budget.Spent.ShouldBe(0.10m);
        budget.Reserve(0.90m).ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_is_to_be_had_once_the_ceiling_is_reached()
    {
        var budget = new ModelBudget(0.10m);

        budget.Reserve(0.10m)!.Settle(0.10m);

        budget.Reserve(0).ShouldBeNull();
        new ModelBudget(0).Reserve(0).ShouldBeNull();
    }

    [Fact]
    public void A_call_that_turns_out_dearer_gets_what_is_left_and_no_more()
    {
        var budget = new ModelBudget(1.00m);
        var dear = budget.Reserve(0.10m)!;
        var other = budget.Reserve(0.50m)!;

        dear.Covers(0.50m).ShouldBeTrue();
        dear.Covers(0.51m).ShouldBeFalse();
        other.Settle(0);
        dear.Covers(1.00m).ShouldBeTrue();
    }

    [Fact]
    public void A_call_is_settled_once()
    {
        var budget = new ModelBudget(1.00m);
        var call = budget.Reserve(0.50m)!;

        call.Settle(0.20m);
        call.Settle(0.20m);

        budget.Spent.ShouldBe(0.20m);
        budget.Reserve(0.80m).ShouldNotBeNull();
    }

    [Fact]
    public void Calls_at_once_cannot_pass_the_ceiling_together()
    {
        var budget = new ModelBudget(1.00m);

        Parallel.For(0, 1000, index => budget.Reserve(0.01m * ((index % 7) + 1))?.Settle(0.01m * ((index % 7) + 1)));

        budget.Spent.ShouldBeLessThanOrEqualTo(1.00m);
        budget.Spent.ShouldBeGreaterThan(0.90m);
    }
}
