using System.Diagnostics;

namespace Moss.ServiceDefaults.Telemetry;

/// <summary>
/// One trace per evolution, however long it takes and whichever processes work on it: the evolution's id is the trace's id, so
/// that either is found by the other.
/// </summary>
public static class EvolutionTrace
{
    /// <summary>Name of the source of Moss's own spans.</summary>
    public const string SourceName = "Moss";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>The trace id of an evolution: its 16 bytes in the order in which its text shows them.</summary>
    public static ActivityTraceId IdOf(Guid evolution) => ActivityTraceId.CreateFromString(evolution.ToString("n"));

    /// <summary>Begins a span of an evolution outside of any other, such as the sending of a command; null when nobody listens.</summary>
    public static Activity? Begin(string name, Guid evolution, ActivityKind kind = ActivityKind.Internal) =>
        Source.StartActivity(name, kind, new ActivityContext(IdOf(evolution), RootOf(evolution), ActivityTraceFlags.Recorded, isRemote: true));

    /// <summary>Begins a span within the one that is current; null when nobody listens.</summary>
    public static Activity? Begin(string name) => Source.StartActivity(name);

    /// <summary>The parent that all spans of an evolution hang on. It is never sent: nobody lives as long as an evolution.</summary>
    private static ActivitySpanId RootOf(Guid evolution) => ActivitySpanId.CreateFromString(evolution.ToString("n").AsSpan(16));
}
