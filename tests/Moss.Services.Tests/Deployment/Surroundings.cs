using Moss.EventStore;

namespace Moss.Services.Tests.Deployment;

/// <summary>A change that Moss asked of the engine.</summary>
/// <param name="Call">The name of the call.</param>
/// <param name="On">The container or the volume.</param>
internal sealed record EngineChange(string Call, string On);

/// <summary>What goes wrong around Moss, in whichever of its lives: nothing, unless a test says so.</summary>
internal sealed class Surroundings
{
    /// <summary>Around each change at the engine.</summary>
    public Func<EngineChange, Func<Task>, Task> Engine { get; set; } = (_, change) => change();

    /// <summary>Around each append to the store.</summary>
    public Func<IReadOnlyList<NewEvent>, Func<Task<long>>, Task<long>> Appends { get; set; } = (_, append) => append();

    /// <summary>Before each look into the store.</summary>
    public Action Reads { get; set; } = () => { };

    /// <summary>What happened and to which version, in words.</summary>
    public static string Told(NewEvent happened)
    {
        var kind = happened.Data.GetType();
        return $"{kind.Name} {kind.GetProperty("Arm")?.GetValue(happened.Data)}".TrimEnd();
    }
}

/// <summary>A store that is read where things go wrong.</summary>
internal sealed class SurroundedReader(IEventReader store, Surroundings around) : IEventReader
{
    public IAsyncEnumerable<StoredEvent> ReadStreamAsync(StreamId stream, long fromVersion, CancellationToken cancellationToken)
    {
        around.Reads();
        return store.ReadStreamAsync(stream, fromVersion, cancellationToken);
    }
}
