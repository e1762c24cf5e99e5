using System.Text;
using System.Text.Json;
using Moss.Domain.Evolution;
using Moss.Domain.Tests.Evolution;
using Moss.EventStore;
using Moss.ServiceDefaults.Bus.Broker;

namespace Moss.Services.Tests.Orchestrator.Subscribing;

/// <summary>A topic that writes down what it is told, and refuses when told to.</summary>
internal sealed class NotedTopic : IEventTopic
{
    private readonly SemaphoreSlim arrived = new(0);

    public List<TopicMessage> Messages { get; } = [];

    /// <summary>What becomes of a message before it is noted.</summary>
    public Func<TopicMessage, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async Task PublishAsync(TopicMessage message, CancellationToken cancellationToken)
    {
        await Before(message);
        Messages.Add(message);
        arrived.Release();
    }

    /// <summary>Waits for so many more.</summary>
    public async Task ArriveAsync(int count)
    {
        for (var one = 0; one < count; one++)
        {
            (await arrived.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBeTrue("nothing was told");
        }
    }
}

internal static class Told
{
    public static JsonElement Json(this TopicMessage message) => JsonDocument.Parse(Encoding.UTF8.GetString(message.Body.Span)).RootElement;

    /// <summary>Events as they would be stored, the first of them the start of an evolution.</summary>
    public static IReadOnlyList<StoredEvent> Stored(this EvolutionFacts facts, params IReadOnlyList<object> events) =>
    [
        .. events.Select((data, version) => new StoredEvent(
            Guid.NewGuid(), new StreamId($"evolution-{facts.Id:n}"), version, version + 1, EvolutionCatalogNames.All.First(name => name.Value == data.GetType()).Key, data,
            new EventMetadata(facts.Id.ToString(), "", "orchestrator", EvolutionFacts.Monday), "")),
    ];
}
