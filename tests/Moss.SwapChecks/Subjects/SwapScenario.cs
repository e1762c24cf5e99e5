using System.Collections.Immutable;

namespace Moss.SwapChecks.Subjects;

/// <summary>How a new version behaves, and what must come of it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Script">Shell around the service's own: <c>start</c> runs it in the foreground, <c>migrate</c> changes its state.</param>
/// <param name="Promoted">Whether it is to serve in the end.</param>
internal sealed record SwapScenario(string Name, string Script, bool Promoted)
{
    /// <summary>Seconds that it must stay healthy.</summary>
    public int MinimumHealthySeconds { get; init; } = 1;

    /// <summary>Seconds that its probes may take; null for the service's own.</summary>
    public int? WindowSeconds { get; init; }

    /// <summary>Whether the state is copied before it starts.</summary>
    public bool Snapshot { get; init; }

    /// <summary>A version with which nothing is wrong.</summary>
    public static SwapScenario Good { get; } = new("good", "start", Promoted: true);

    /// <summary>In the order in which they are run.</summary>
    public static ImmutableArray<SwapScenario> All { get; } =
    [
        Good,
        new("unhealthy at start", "export PORT=9999; start", Promoted: false) { WindowSeconds = 4 },
        new("dies after 20 s", "exec timeout -s KILL 20 /bin/sh /run.sh serve", Promoted: false) { MinimumHealthySeconds = 30 },
        new("slow start", "sleep 6; start", Promoted: true),
        new("migrates the volume", "migrate; export PORT=9999; start", Promoted: false) { WindowSeconds = 10, Snapshot = true },
    ];
}
