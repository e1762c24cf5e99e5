namespace Moss.Domain.Judgement.Judges;

/// <summary>The votes of a judge on one text, counted.</summary>
/// <param name="Holds">Votes that the question holds.</param>
/// <param name="DoesNot">Votes that it does not.</param>
/// <param name="Abstained">Votes that gave no usable answer, or were not cast any more because nothing could come of them.</param>
public sealed record Ballot(int Holds, int DoesNot, int Abstained)
{
    /// <summary>All votes.</summary>
    public int Votes => Holds + DoesNot + Abstained;

    /// <summary>What more than half of all votes say, abstentions among them; null when no answer has so many.</summary>
    public bool? Majority => (Holds * 2 > Votes, DoesNot * 2 > Votes) switch
    {
        (true, _) => true,
        (_, true) => false,
        _ => null,
    };

    /// <summary>Votes that did not go with the answer that most gave: how much the judge wobbles on one and the same text.</summary>
    public int Flips => Votes - Math.Max(Holds, DoesNot);

    /// <summary>True when no further votes can give a majority of so many in all.</summary>
    /// <param name="votes">Votes of the whole panel.</param>
    public bool IsHopeless(int votes) => (Math.Max(Holds, DoesNot) + votes - Votes) * 2 <= votes;

    /// <summary>With one vote more.</summary>
    /// <param name="holds">Null for an abstention.</param>
    public Ballot With(bool? holds) => holds switch
    {
        true => this with { Holds = Holds + 1 },
        false => this with { DoesNot = DoesNot + 1 },
        null => this with { Abstained = Abstained + 1 },
    };

    /// <summary>As people read it.</summary>
    public override string ToString() => FormattableString.Invariant($"{Holds} of {Votes} votes say yes, {DoesNot} no, {Abstained} nothing");
}
