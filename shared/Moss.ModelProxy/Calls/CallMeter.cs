using System.Net.Http.Headers;
using Moss.ModelProxy.Metering;
using Moss.ModelProxy.Pricing;

namespace Moss.ModelProxy.Calls;

/// <summary>Follows the money of one call, from what is set aside for it to what it cost.</summary>
/// <param name="rules">Of the upstream.</param>
/// <param name="price">Of the model; null for a call that costs nothing.</param>
/// <param name="requestBytes">Length of the request.</param>
/// <param name="reservation">What is set aside.</param>
internal sealed class CallMeter(CallRules rules, ModelPrice? price, long requestBytes, ModelBudget.Reservation reservation)
{
    private UsageMeter? usage;
    private long bytes;
    private bool began;
    private bool failed;
    private bool streams;

    /// <summary>True when the answer was cut off because nothing more could be paid.</summary>
    public bool CutForMoney { get; private set; }

    /// <summary>An answer begins.</summary>
    public void Begin(HttpResponseMessage answer)
    {
        began = true;
        failed = !answer.IsSuccessStatusCode;
        streams = IsEventStream(answer.Content.Headers.ContentType);
        usage = price is null || failed ? null : new(rules.Protocol, streams);
    }

    /// <summary>A piece of it.</summary>
    /// <exception cref="IOException">It goes on for too long, or costs more than there is.</exception>
    public void Pass(ReadOnlyMemory<byte> piece)
    {
        bytes += piece.Length;
        if (bytes > rules.LongestAnswer)
        {
            throw new IOException($"The answer is longer than {rules.LongestAnswer} bytes.");
        }

        usage?.Feed(piece.Span);
        // What comes in one piece is written and to be paid for anyway.
        if (streams && usage is not null && !reservation.Covers(price!.Of(usage.SoFar.Use(requestBytes))))
        {
            CutForMoney = true;
            throw new IOException("Nothing more can be paid.");
        }
    }

    /// <summary>The call is over.</summary>
    /// <param name="worked">True when the upstream may have worked for it.</param>
    public (TokenUse Use, decimal Dollars) End(bool worked)
    {
        var (use, dollars) = Due(worked);
        reservation.Settle(dollars);
        return (use, dollars);
    }

    private (TokenUse Use, decimal Dollars) Due(bool worked)
    {
        if (price is null || failed || !worked)
        {
            return (TokenUse.Nothing, 0);
        }

        if (!began)
        {
            // It may go on to its end unheard, and be paid for: nobody knows.
            return (new(TokenEstimate.Of(requestBytes), 0, 0, 0, Estimated: true), reservation.Amount);
        }

        var use = usage!.Finish().Use(requestBytes);
        return (use, price.Of(use));
    }

    private static bool IsEventStream(MediaTypeHeaderValue? type) => string.Equals(type?.MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);
}
