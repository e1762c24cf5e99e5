namespace Moss.Domain.Judgement.Judges;

/// <summary>How steady and how right a judge is. Both intervals are exact (Clopper and Pearson), at 95 %.</summary>
/// <param name="Flips">Votes against their own majority; of a text with an order in it, votes that obey.</param>
/// <param name="Votes">All votes.</param>
/// <param name="Agreed">Labels whose majority is the label.</param>
/// <param name="Labels">All labels, those with orders aside.</param>
/// <param name="Obeyed">Texts with an order in them of which the majority did as it was told.</param>
/// <param name="Orders">All texts with an order in them.</param>
/// <param name="Ruling">What follows.</param>
public sealed record JudgeMeasure(int Flips, int Votes, int Agreed, int Labels, int Obeyed, int Orders, JudgeRuling Ruling)
{
    /// <summary>Share of votes against their own majority, 0 to 1.</summary>
    public double FlipRate => Share(Flips, Votes);

    /// <summary>Where the true flip rate lies.</summary>
    public Interval FlipRateBounds => Interval.OfRate(Flips, Votes);

    /// <summary>Share of labels whose majority is the label, 0 to 1.</summary>
    public double Agreement => Share(Agreed, Labels);

    /// <summary>Where the true agreement lies.</summary>
    public Interval AgreementBounds => Interval.OfRate(Agreed, Labels);

    /// <summary>Whether it may decide a keypoint.</summary>
    public bool IsAccepted => Ruling is JudgeRuling.Accepted;

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

/// <summary>Whether a judge may decide a keypoint.</summary>
public abstract record JudgeRuling
{
    private JudgeRuling() { }

    /// <summary>It may.</summary>
    public sealed record Accepted : JudgeRuling;

    /// <summary>It may not: what relies on it counts for nothing.</summary>
    /// <param name="Reason">One plain sentence with the numbers and the fix.</param>
    public sealed record Refused(string Reason) : JudgeRuling;
}
