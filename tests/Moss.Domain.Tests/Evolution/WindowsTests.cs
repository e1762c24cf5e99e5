using Moss.Domain.Evolution;
using Moss.Domain.Judgement;
using static Moss.Domain.Tests.Evolution.EvolutionFacts;

namespace Moss.Domain.Tests.Evolution;

/// <summary>
/// The two windows that end an evolution early. A story has a word per iteration: <c>same</c> tried and no better,
/// <c>better</c> tried and one keypoint better, <c>none</c> nothing to try, <c>nochange</c> the agent changed nothing.
/// </summary>
public sealed class WindowsTests
{
    private readonly EvolutionFacts facts = new();

    [Theory]
    [InlineData(Depth.Light, "same", Verdict.Plateaued)]
    [InlineData(Depth.Light, "better", null)]
    [InlineData(Depth.Light, "better same", Verdict.Plateaued)]
    [InlineData(Depth.Light, "none", null)]
    [InlineData(Depth.Light, "none none", null)]
    [InlineData(Depth.Light, "none same", Verdict.Plateaued)]
    [InlineData(Depth.Light, "none better", null)]
    [InlineData(Depth.Light, "better none", null)]
    [InlineData(Depth.Light, "nochange", Verdict.NoChange)]
    [InlineData(Depth.Standard, "same", null)]
    [InlineData(Depth.Standard, "same same", Verdict.Plateaued)]
    [InlineData(Depth.Standard, "same none", null)]
    [InlineData(Depth.Standard, "same none same", Verdict.Plateaued)]
    [InlineData(Depth.Standard, "same nochange same", Verdict.Plateaued)]
    [InlineData(Depth.Standard, "same better same", null)]
    [InlineData(Depth.Standard, "better same same", Verdict.Plateaued)]
    [InlineData(Depth.Standard, "none none none", null)]
    [InlineData(Depth.Standard, "nochange", null)]
    [InlineData(Depth.Standard, "nochange nochange", Verdict.NoChange)]
    [InlineData(Depth.Standard, "nochange none nochange", null)]
    [InlineData(Depth.Standard, "nochange better nochange", null)]
    [InlineData(Depth.Deep, "nochange nochange", null)]
    [InlineData(Depth.Deep, "nochange nochange nochange", Verdict.NoChange)]
    public void An_evolution_ends_early_after_a_window_without_a_gain_or_without_a_change(Depth depth, string story, Verdict? ended)
    {
        var state = Fold([facts.Started(depth), facts.Baseline()]);
        IterationRuled ruled = null!;
        foreach (var (word, iteration) in story.Split(' ').Select((word, index) => (word, index + 1)))
        {
            state = After(state, [facts.Requested(Stage.Locate, iteration), .. Chapter(word, iteration)]);
            ruled = word is "same" or "better" ? Rulings.OnTrials(state) : Rulings.WithoutTrials(state);
            state = After(state, ruled);
        }

        (ruled.Final ? (Verdict?)ruled.Verdict : null).ShouldBe(ended);
    }

    [Fact]
    public void A_plateau_says_what_it_is_and_what_became_of_the_last_candidate()
    {
        var ruled = Rulings.OnTrials(After(Fold([facts.Started(), facts.Baseline(), facts.Requested(Stage.Locate)]), Chapter("same", 1)));

        ruled.Reason.ShouldBe("no keypoint got better for a whole window; the last candidate: 2 scenarios of the batch still fail");
    }

    [Fact]
    public void A_candidate_that_repairs_the_batch_is_no_plateau_whatever_else_it_does()
    {
        var state = Fold([facts.Started(), facts.Baseline(), facts.Requested(Stage.Locate), facts.Tried(kept: "--")]);
        state = After(state, Rulings.OnTrials(state), facts.Requested(Stage.Locate, 2), facts.Tried(kept: "--", iteration: 2));

        var ruled = Rulings.OnTrials(state);

        (ruled.Verdict, ruled.Final).ShouldBe((Verdict.Regressed, false));
    }

    private object[] Chapter(string word, int iteration) => word switch
    {
        "same" => [facts.Committed(1, iteration), facts.Tried("----", "----", iteration: iteration)],
        "better" => [facts.Committed(1, iteration), facts.Tried("++++", "----", iteration: iteration)],
        "nochange" => [facts.Refused("NoChange", 1, iteration)],
        _ => [facts.RoleFailed(Stage.Locate, 1, iteration)],
    };

    private static EvolutionState After(EvolutionState state, params IEnumerable<object> events) =>
        events.Aggregate(state, (current, @event) => current.Apply(@event, Monday));
}
