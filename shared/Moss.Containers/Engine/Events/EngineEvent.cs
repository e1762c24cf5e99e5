namespace Moss.Containers.Engine.Events;

/// <summary>Something that the daemon did.</summary>
/// <param name="Type">To what: <c>container</c>, <c>image</c>, <c>network</c> ...</param>
/// <param name="Action">What: <c>create</c>, <c>start</c>, <c>die</c>, <c>oom</c>, <c>destroy</c> ...</param>
/// <param name="Actor">To which one.</param>
/// <param name="TimeNano">Nanoseconds since 1970.</param>
public sealed record EngineEvent(string Type, string Action, EngineActor Actor, long TimeNano);

/// <summary>What an event is about.</summary>
/// <param name="Id">The full id.</param>
/// <param name="Attributes">Its labels, and what belongs to the action, such as <c>exitCode</c>.</param>
public sealed record EngineActor(string Id, IReadOnlyDictionary<string, string>? Attributes);
