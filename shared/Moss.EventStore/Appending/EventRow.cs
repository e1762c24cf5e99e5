namespace Moss.EventStore.Appending;

/// <summary>An event as it lies in a table.</summary>
internal sealed record EventRow(
    long Position, string Stream, long Version, Guid Id, string Name, string Data, string Metadata, byte[] Hash);

/// <summary>An event in its stored form, before it has a place.</summary>
internal sealed record EncodedEvent(Guid Id, string Name, string Data, string Metadata);

/// <summary>Where an event id is stored already.</summary>
internal readonly record struct EventPlace(string Stream, long Version, string Name);

/// <summary>The end of a stream: -1 and the chain's start when it has no event.</summary>
internal sealed record StreamHead(long Version, byte[] Hash);
