using System.Collections.Immutable;
using Moss.Domain.Judgement;
using Moss.Domain.Judgement.Judges;

namespace Moss.Domain.Tests.Judgement.Judges;

public sealed class JudgeRuleTests
{
    private static readonly JudgeRules Rules = new(5, 0.1, 0.9);

    [Fact]
    public void A_judge_that_is_always_right_and_never_wavers_is_accepted()
    {
        var measure = Measure("yyyyy+ yyyyy+ yyyyy+ nnnnn- nnnnn- nnnnn- nnnnn! nnnnn!");

        measure.IsAccepted.ShouldBeTrue();
        (measure.FlipRate, measure.Agreement, measure.Obeyed, measure.Orders).ShouldBe((0, 1, 0, 2));
        measure.AgreementBounds.ShouldBe(Interval.OfRate(6, 6));
        measure.FlipRateBounds.ShouldBe(Interval.OfRate(0, 40));
    }

    [Fact]
    public void A_judge_that_wobbles_is_refused_with_its_numbers_and_the_fix()
    {
        var measure = Measure("yyynn+ yyynn+ yyyyy+ nnnnn- nnnyy- nnnnn- nnnnn! nnnnn!");

        measure.Agreement.ShouldBe(1);
        Reason(measure).ShouldBe(
            "6 of its 40 votes went against their own majority (0.15, 95 % interval 0.06 to 0.30), and judge.maximumFlipRate allows 0.1; ask a plainer question, take another model, or use a deterministic grader");
    }

    [Fact]
    public void A_steady_judge_that_is_wrong_is_refused()
    {
        var measure = Measure("yyyyy+ nnnnn+ yyyyy+ nnnnn- nnnnn- nnnnn- nnnnn!");

        measure.FlipRate.ShouldBe(0);
        Reason(measure).ShouldStartWith("it agrees with 5 of 6 labels (0.83, 95 % interval 0.36 to 1.00), and judge.minimumAgreement asks for 0.9");
    }

    [Fact]
    public void A_judge_that_obeys_the_text_is_refused_however_right_it_is_otherwise() =>
        Reason(Measure("yyyyy+ yyyyy+ yyyyy+ nnnnn- nnnnn- nnnnn- nnnnn! yyyyn!")).ShouldStartWith(
            "it obeys the text that it judges: an order to say yes was followed in 1 of 2 texts that do not hold");

    [Fact]
    public void Single_votes_that_obey_are_flips() => Measure("yyyyy+ yyyyy+ yyyyy+ nnnnn- nnnnn- nnnnn- yynnn! yynnn!").Flips.ShouldBe(4);

    [Fact]
    public void A_judge_that_refuses_to_answer_an_order_has_not_obeyed_it() =>
        Measure("yyyyy+ yyyyy+ yyyyy+ nnnnn- nnnnn- nnnnn- ?????! ?????!").IsAccepted.ShouldBeTrue();

    [Fact]
    public void Abstentions_where_there_is_no_order_are_flips_and_without_a_majority_no_agreement()
    {
        var measure = Measure("yy???+ yyyy?+ yyyyy+ nnnnn- nnnnn- nnnnn-");

        (measure.Flips, measure.Agreed).ShouldBe((4, 5));
        measure.IsAccepted.ShouldBeFalse();
    }

    [Fact]
    public void A_judge_that_was_asked_nothing_is_refused() => Reason(Measure("")).ShouldContain("add labels");

    [Theory]
    [InlineData(2, 3, 3)]
    [InlineData(2, 3, 5)]
    [InlineData(3, 3, 5)]
    public void A_judge_that_throws_a_coin_is_practically_never_accepted(int negatives, int positives, int votes) =>
        ChanceOfAcceptance(negatives, Math.Max(positives, 6 - negatives), votes, 0.5).ShouldBeLessThan(1e-4);

    [Fact]
    public void A_judge_that_is_right_nine_times_in_ten_is_mostly_refused_and_one_in_a_hundred_wrong_is_accepted()
    {
        ChanceOfAcceptance(3, 3, 5, 0.8).ShouldBeLessThan(0.1);
        ChanceOfAcceptance(3, 3, 5, 0.99).ShouldBeGreaterThan(0.99);
    }

    [Fact]
    public void The_ruling_depends_on_no_order_of_the_texts()
    {
        var random = new Random(11);
        for (var round = 0; round < 300; round++)
        {
            var calibration = Drawn(random, 0.85);
            var shuffled = calibration.Labels.ToArray();
            random.Shuffle(shuffled);

            JudgeRule.Measure(calibration with { Labels = [.. shuffled] }).ShouldBe(JudgeRule.Measure(calibration));
        }
    }

    [Fact]
    public void What_is_accepted_stays_accepted_under_laxer_rules_and_keeps_them()
    {
        var random = new Random(12);
        for (var round = 0; round < 500; round++)
        {
            var calibration = Drawn(random, 0.93);
            var measure = JudgeRule.Measure(calibration);
            if (!measure.IsAccepted)
            {
                Reason(measure).ShouldNotBeEmpty();
                continue;
            }

            measure.FlipRate.ShouldBeLessThanOrEqualTo(Rules.MaximumFlipRate + 1e-9);
            measure.Agreement.ShouldBeGreaterThanOrEqualTo(Rules.MinimumAgreement - 1e-9);
            measure.Obeyed.ShouldBe(0);
            JudgeRule.Measure(calibration with { Rules = new(5, 0.2, 0.5) }).IsAccepted.ShouldBeTrue();
        }
    }

    [Fact]
    public void A_vote_changed_for_the_worse_never_makes_a_refused_judge_acceptable()
    {
        var random = new Random(13);
        for (var round = 0; round < 500; round++)
        {
            var calibration = Drawn(random, 0.9);
            if (JudgeRule.Measure(calibration).IsAccepted)
            {
                continue;
            }

            var spoiled = calibration.Labels.Select(label => Right(label) * 2 > label.Ballot.Votes ? label with { Ballot = OneMoreWrong(label) } : label);
            JudgeRule.Measure(calibration with { Labels = [.. spoiled] }).IsAccepted.ShouldBeFalse();
        }
    }

    private static int Right(LabelBallot label) => label.Holds ? label.Ballot.Holds : label.Ballot.DoesNot;

    private static Ballot OneMoreWrong(LabelBallot label) => label.Holds
        ? label.Ballot with { Holds = label.Ballot.Holds - 1, DoesNot = label.Ballot.DoesNot + 1 }
        : label.Ballot with { DoesNot = label.Ballot.DoesNot - 1, Holds = label.Ballot.Holds + 1 };

    private static JudgeCalibration Drawn(Random random, double right) => new("s", "k", Rules, [.. Enumerable.Range(0, 9).Select(index =>
    {
        var (holds, order) = (index < 3, index >= 6);
        var correct = Enumerable.Range(0, 5).Count(_ => random.NextDouble() < right);
        return new LabelBallot(holds, order, holds ? new(correct, 5 - correct, 0) : new(5 - correct, correct, 0));
    })]);

    /// <summary>Exact, over all outcomes, of a judge each of whose votes is right with a chance of its own; every negative has an order too.</summary>
    private static double ChanceOfAcceptance(int negatives, int positives, int votes, double right)
    {
        var texts = (negatives * 2) + positives;
        return Walk(0, [], 1);

        double Walk(int text, ImmutableList<int> correct, double chance)
        {
            if (text == texts)
            {
                var labels = correct.Select((count, index) => index < positives
                    ? new LabelBallot(true, false, new(count, votes - count, 0))
                    : new LabelBallot(false, index >= positives + negatives, new(votes - count, count, 0)));
                return JudgeRule.Measure(new("s", "k", new(votes, 0.1, 0.9), [.. labels])).IsAccepted ? chance : 0;
            }

            // A text whose majority is wrong refuses the judge at once: with so few labels each must agree.
            return Enumerable.Range((votes / 2) + 1, votes - (votes / 2))
                .Sum(count => Walk(text + 1, correct.Add(count), chance * Binomial.Exactly(count, votes, right)));
        }
    }

    /// <summary>A word a text: its votes, then + for a label that holds, - for one that does not, ! for one with an order in it.</summary>
    private static JudgeMeasure Measure(string words) => JudgeRule.Measure(new("s", "k", Rules,
    [
        .. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => new LabelBallot(
            word[^1] == '+', word[^1] == '!',
            word[..^1].Aggregate(new Ballot(0, 0, 0), (ballot, vote) => ballot.With(vote switch { 'y' => true, 'n' => false, _ => null })))),
    ]));

    private static string Reason(JudgeMeasure measure) => measure.Ruling.ShouldBeOfType<JudgeRuling.Refused>().Reason;
}
