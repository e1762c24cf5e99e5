using System.Text.Json.Serialization;

namespace Moss.EventStore.Tests;

public sealed record Opened(string Title, int Seats);

public sealed record Counted(int Value);

/// <summary>Encoding it takes until the gate opens.</summary>
public sealed class Slow
{
    [JsonIgnore]
    public ManualResetEventSlim? Gate { get; init; }

    public bool Waited
    {
        get
        {
            Gate?.Wait(TimeSpan.FromSeconds(30));
            return true;
        }
    }
}

/// <summary>In no catalog.</summary>
public sealed record Nameless;

internal static class TestEvents
{
    public static readonly EventMetadata Metadata = new("batch-1", "message-7", "someone", new DateTimeOffset(2026, 1, 5, 9, 0, 0, 123, TimeSpan.Zero));

    /// <summary>The first version of "opened" had a name instead of a title, the second no seats.</summary>
    public static EventCatalog Catalog() => new EventCatalog()
        .Add<Opened>("test.opened.v3")
        .Add<Counted>("test.counted.v1")
        .Add<Slow>("test.slow.v1")
        .Upcast("test.opened.v2", "test.opened.v3", node =>
        {
            node["seats"] = 4;
            return node;
        })
        .Upcast("test.opened.v1", "test.opened.v2", node => new System.Text.Json.Nodes.JsonObject { ["title"] = node["name"]!.GetValue<string>() });

    public static NewEvent New(object data) => new(Guid.CreateVersion7(), data, Metadata);

    public static NewEvent[] Count(int from, int count) => [.. Enumerable.Range(from, count).Select(value => New(new Counted(value)))];

    public static async Task<List<StoredEvent>> StreamAsync(this IEventReader store, StreamId stream, long from = 0)
    {
        var events = new List<StoredEvent>();
        await foreach (var stored in store.ReadStreamAsync(stream, from, CancellationToken.None))
        {
            events.Add(stored);
        }

        return events;
    }

    public static Task<long> AppendAsync(this IEventAppender store, StreamId stream, ExpectedVersion expected, params NewEvent[] events) =>
        store.AppendAsync(stream, expected, events, CancellationToken.None);

    /// <summary>No test waits longer than this for anything.</summary>
    public static Task SoonAsync(this Task task) => task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <inheritdoc cref="SoonAsync(Task)"/>
    public static Task<T> SoonAsync<T>(this Task<T> task) => task.WaitAsync(TimeSpan.FromSeconds(60));
}
