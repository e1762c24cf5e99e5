using Moss.Domain.Judgement.Judges;

namespace Moss.Domain.Tests.Judgement.Judges;

public sealed class BallotTests
{
    [Theory]
    [InlineData(3, 2, 0, true)]
    [InlineData(2, 3, 0, false)]
    [InlineData(3, 0, 2, true)]
    [InlineData(2, 0, 3, null)]
    [InlineData(2, 2, 1, null)]
    [InlineData(0, 0, 5, null)]
    [InlineData(0, 0, 0, null)]
    public void More_than_half_of_all_votes_decide_and_those_that_abstain_are_votes(int holds, int doesNot, int abstained, bool? majority) =>
        new Ballot(holds, doesNot, abstained).Majority.ShouldBe(majority);

    [Fact]
    public void It_is_hopeless_exactly_when_no_way_to_vote_on_gives_a_majority()
    {
        const int Votes = 7;
        for (var holds = 0; holds <= Votes; holds++)
        {
            for (var doesNot = 0; holds + doesNot <= Votes; doesNot++)
            {
                for (var abstained = 0; holds + doesNot + abstained <= Votes; abstained++)
                {
                    var (ballot, left) = (new Ballot(holds, doesNot, abstained), Votes - holds - doesNot - abstained);
                    var reachable = Enumerable.Range(0, left + 1).Any(more => (ballot with { Holds = holds + more, DoesNot = doesNot + left - more }).Majority is not null);

                    ballot.IsHopeless(Votes).ShouldBe(!reachable, ballot.ToString());
                }
            }
        }
    }

    [Fact]
    public void It_says_what_was_voted() => new Ballot(4, 1, 0).ToString().ShouldBe("4 of 5 votes say yes, 1 no, 0 nothing");
}
