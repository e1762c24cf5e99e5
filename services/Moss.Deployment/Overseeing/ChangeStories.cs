using Moss.Domain.Evidence;
using Moss.Domain.Oversight;
using Moss.EventStore;

namespace Moss.Deployment.Overseeing;

/// <summary>Reads what is stored of the evolutions that were promoted.</summary>
internal sealed class ChangeStories(IEventReader reader)
{
    /// <summary>The story of one, and how many failures were reported in its batch.</summary>
    public async Task<(ChangeStory Story, int Evidence)> ReadAsync(Guid evolution, CancellationToken cancellationToken)
    {
        var story = ChangeStory.None;
        await foreach (var stored in reader.ReadStreamAsync(new StreamId($"evolution-{evolution:n}"), 0, cancellationToken))
        {
            story = story.Apply(stored.Data);
        }

        var evidence = 0;
        await foreach (var stored in reader.ReadStreamAsync(new StreamId($"batch-{story.Batch:n}"), 0, cancellationToken))
        {
            evidence += stored.Data is EvidenceAdded ? 1 : 0;
        }

        return (story, evidence);
    }
}
