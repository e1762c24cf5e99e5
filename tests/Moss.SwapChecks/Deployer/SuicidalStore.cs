using System.Diagnostics;
using Moss.Domain.Promotion;
using Moss.EventStore;

namespace Moss.SwapChecks.Deployer;

/// <summary>
/// Ends its own process, as kill -9 does, as soon as so many steps are stored; rounds of probes that follow each other are one step. It also
/// notes how long instances were asked how they are.
/// </summary>
internal sealed class SuicidalStore(int killAfter) : IEventAppender
{
    private DateTimeOffset? asked;
    private bool probing;

    public IEventAppender? Inner { get; set; }

    /// <summary>Steps so far.</summary>
    public int Stored { get; private set; }

    /// <summary>When the first promotion was closed in this life; null before it.</summary>
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>Time in which instances were asked whether they are healthy, until then.</summary>
    public TimeSpan Asking { get; private set; }

    public async Task<long> AppendAsync(StreamId stream, ExpectedVersion expected, IReadOnlyList<NewEvent> events, CancellationToken cancellationToken)
    {
        var version = await Inner!.AppendAsync(stream, expected, events, cancellationToken);
        foreach (var happened in events.Select(stored => stored.Data))
        {
            Note(happened);
            if (!(probing && happened is Probed) && ++Stored == killAfter)
            {
                Process.GetCurrentProcess().Kill();
            }

            probing = happened is Probed;
        }

        return version;
    }

    private void Note(object happened)
    {
        switch (happened)
        {
            case not null when ClosedAt is not null:
                break;
            case PromotionClosed { At: var at }:
                ClosedAt = at;
                break;
            case Started { At: var at }:
                asked = at;
                break;
            case ProbingResumed { At: var at }:
                asked = at;
                break;
            case Probed { At: var at } when asked is { } since:
                (Asking, asked) = (Asking + (at - since), at);
                break;
            default:
                asked = null;
                break;
        }
    }
}
