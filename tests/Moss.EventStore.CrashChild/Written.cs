namespace Moss.EventStore.CrashChild;

/// <summary>What the child appends.</summary>
public sealed record Written(int Value, string Ballast)
{
    /// <summary>A catalog that knows nothing else.</summary>
    public static EventCatalog Catalog() => new EventCatalog().Add<Written>("crash.written.v1");
}
