using Moss.Domain.Evolution;
using Moss.EventStore;
using Moss.EventStore.Projections;
using Moss.ServiceDefaults.Bus.Broker;

namespace Moss.Orchestrator.Subscribing;

/// <summary>
/// Tells everyone who listens how evolutions go: in the order of the feed, each event at least once. The checkpoint moves
/// only past what the broker has confirmed, so that a process that dies in between tells it again under the same id.
/// </summary>
internal sealed class VerdictPublisher(IEventReader events, IEventTopic topic) : IFeedHandler
{
    public string Name => "verdict-publisher";

    public async Task HandleAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        if (!Notices.Tells(stored.Data))
        {
            return;
        }

        var notice = Notices.Of(stored, await StateAtAsync(stored, cancellationToken));
        await topic.PublishAsync(notice.Event.ToMessage(notice.RoutingKey), cancellationToken);
    }

    /// <summary>As it stood then, so that a repetition says the same.</summary>
    private async Task<EvolutionState> StateAtAsync(StoredEvent stored, CancellationToken cancellationToken)
    {
        var state = EvolutionState.Empty;
        await foreach (var one in events.ReadStreamAsync(stored.Stream, 0, cancellationToken))
        {
            if (one.Version > stored.Version)
            {
                break;
            }

            state = state.Apply(one.Data, one.Metadata.Time);
        }

        return state;
    }
}
