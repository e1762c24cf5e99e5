using System.Collections.Immutable;
using Moss.Domain.Promotion;

namespace Moss.Domain.Tests.Promotion;

/// <summary>Values that the promotion tests share; what a test is about it sets itself.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public static readonly Guid Evolution = Guid.Parse("0198c0de-0000-7000-8000-000000000001");

    public static readonly DeployedVersion Old = new(new string('a', 40), new string('1', 40), new string('a', 40));

    public static readonly DeployedVersion New = new(new string('b', 40), new string('2', 40), new string('a', 40));

    public static readonly HealthTerms Terms = new(3, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    public static DateTimeOffset At(double seconds) => Noon.AddSeconds(seconds);

    public static PromotionPlan Plan() =>
        new(Evolution, "desk", "key", new Instance("new", New, 8080), Terms, Noon.AddHours(1))
        {
            Previous = new Instance("old", Old, 8080),
            Fallback = new Instance("again", Old, 8080),
        };

    /// <summary>The same in the place of a person's container, whose state is copied.</summary>
    public static PromotionPlan InPlace()
    {
        var recipe = new ContainerRecipe("redis", "{}", ImmutableSortedDictionary<string, string>.Empty, "{}");
        var old = new Instance("old", Old, 8080) { Recipe = recipe with { Adopted = "0123456789ab" } };
        return Plan() with { Candidate = Plan().Candidate with { Recipe = recipe }, Previous = old, Fallback = old, Snapshot = ["/data"] };
    }

    public static ProbeObservation Round(int number, bool passed, double seconds) =>
        new(number, passed, passed ? "ok" : "http /health answered 500", At(seconds));
}
