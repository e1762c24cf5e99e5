using Moss.EventStore;
using Moss.EventStore.Projections;

namespace Moss.Deployment.Recording;

/// <summary>
/// Keeps anchors of the event store in the substrates' repositories. It reads the feed from its beginning whenever a process takes over,
/// owes every anchor again and writes those that are not there: nothing else has to be remembered.
/// </summary>
internal sealed class AnchorKeeper(IEventFeed feed, RecordDesk desk) : IFeedHandler
{
    private AnchorBook book = new();
    private long known;

    public string Name => "anchors";

    public async Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (stored.Position == 1)
        {
            known = await feed.LastPositionAsync(cancellationToken);
            book = new AnchorBook();
            desk.Forget(AnchorFile.Branch);
        }

        if (book.Read(stored) is { } anchor)
        {
            desk.Owe(new RecordPlace(anchor.Substrate, AnchorFile.Branch), anchor.ToRecord());
        }

        // Until then there may be a later anchor of the same evolution.
        if (stored.Position >= known)
        {
            await desk.SettleAsync(cancellationToken);
        }
    }
}
