namespace Moss.Replays.Judging;

/// <summary>
/// A model that answers one question about one text. It is told nothing else: not which version wrote the text, not what is expected, not
/// what it said before.
/// </summary>
public interface IJudgeModel
{
    /// <summary>One answer, asked for anew each time.</summary>
    /// <exception cref="IOException">There is no way to that model; the message says what to set.</exception>
    Task<JudgeReply> AskAsync(JudgeQuestion question, CancellationToken cancellationToken);
}

/// <summary>What is asked.</summary>
/// <param name="Question">One that yes or no answers, by the author of the scenario.</param>
/// <param name="Text">What it is asked about; may be written by whoever wants a certain answer.</param>
public sealed record JudgeQuestion(string Question, string Text);

/// <summary>What came of asking.</summary>
public abstract record JudgeReply
{
    private JudgeReply() { }

    /// <summary>Tokens read.</summary>
    public long TokensIn { get; init; }

    /// <summary>Tokens written.</summary>
    public long TokensOut { get; init; }

    /// <summary>Yes or no.</summary>
    public sealed record Said(bool Holds) : JudgeReply;

    /// <summary>The model answered, and not so that it can be used: it abstains.</summary>
    /// <param name="Reason">A line.</param>
    public sealed record Unusable(string Reason) : JudgeReply;

    /// <summary>The model could not be asked: that says nothing of it.</summary>
    /// <param name="Reason">A line.</param>
    /// <param name="ForWantOfMoney">True when the call could have cost more than is left.</param>
    public sealed record Unavailable(string Reason, bool ForWantOfMoney = false) : JudgeReply;
}
