using Moss.Domain.Judgement.Judges;

namespace Moss.Replays.Judging;

/// <summary>
/// A model that is asked several times about each text. Answers are never remembered, not even for the same text: a substrate that always
/// writes the same would have one draw of the judge counted in every trial, as if the trials were independent, and the flips of the judge would
/// be hidden where they count most.
/// </summary>
/// <param name="Model">Whom to ask.</param>
/// <param name="Votes">How often; odd.</param>
public sealed record JudgePanel(IJudgeModel Model, int Votes)
{
    /// <summary>
    /// All votes on one text, one after the other, so that what each may cost is set aside once. Those that could not give a majority any
    /// more are not asked for, and count as abstentions.
    /// </summary>
    public async Task<PanelVote> VoteAsync(JudgeQuestion question, CancellationToken cancellationToken)
    {
        var vote = new PanelVote(new(0, 0, 0));
        while (vote.Ballot.Votes < Votes && !vote.Ballot.IsHopeless(Votes))
        {
            vote = vote.With(await Model.AskAsync(question, cancellationToken));
        }

        return vote with { Ballot = vote.Ballot with { Abstained = Votes - vote.Ballot.Holds - vote.Ballot.DoesNot } };
    }
}

/// <summary>What a panel said.</summary>
/// <param name="Ballot">All votes.</param>
public sealed record PanelVote(Ballot Ballot)
{
    /// <summary>Why the last vote that abstained did; empty when none did.</summary>
    public string Trouble { get; init; } = "";

    /// <summary>Votes for which the model could not be asked.</summary>
    public int Unavailable { get; init; }

    /// <summary>True when one of them could have cost more than was left.</summary>
    public bool WithoutMoney { get; init; }

    internal PanelVote With(JudgeReply reply) => reply switch
    {
        JudgeReply.Said said => this with { Ballot = Ballot.With(said.Holds) },
        JudgeReply.Unusable unusable => this with { Ballot = Ballot.With(null), Trouble = unusable.Reason },
        JudgeReply.Unavailable gone => this with
        {
            Ballot = Ballot.With(null), Trouble = gone.Reason, Unavailable = Unavailable + 1, WithoutMoney = WithoutMoney || gone.ForWantOfMoney,
        },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>A keypoint that a panel voted on.</summary>
/// <param name="Keypoint">The grader's id.</param>
/// <param name="Ballot">Decides it when it has a majority.</param>
public sealed record JudgedKeypoint(string Keypoint, Ballot Ballot);
