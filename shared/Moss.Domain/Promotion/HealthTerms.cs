namespace Moss.Domain.Promotion;

/// <summary>When a started instance counts as healthy.</summary>
/// <param name="Passes">Rounds in a row in which every probe passes; at least 1.</param>
/// <param name="Interval">Time between two rounds.</param>
/// <param name="Window">How long all of it may take from the start of the process, or from the end of the startup.</param>
public sealed record HealthTerms(int Passes, TimeSpan Interval, TimeSpan Window)
{
    /// <summary>How long the startup may take; zero where there is none. Nothing else is asked before it passed once.</summary>
    public TimeSpan Startup { get; init; }

    /// <summary>How long it must then stay so. Up to two failed rounds in a row do not count against it.</summary>
    public TimeSpan MinimumHealthy { get; init; }

    /// <summary>False when even an instance that is healthy at once would run out of time.</summary>
    public bool CanPass => Passes >= 1 && Interval * (Passes - 1) < Window;
}

/// <summary>What a round of probes asks.</summary>
public enum ProbeKind
{
    /// <summary>Whether it serves, and whether it lives.</summary>
    Readiness,

    /// <summary>Whether it has started.</summary>
    Startup,
}

/// <summary>One round of probes, as it came out.</summary>
/// <param name="Round">1, 2, 3 …</param>
/// <param name="Passed">True when every probe passed.</param>
/// <param name="Detail">What failed, or what was seen.</param>
/// <param name="At">When the round began.</param>
public sealed record ProbeObservation(int Round, bool Passed, string Detail, DateTimeOffset At)
{
    /// <summary>What was asked.</summary>
    public ProbeKind Kind { get; init; }

    /// <summary>False when a probe of its life failed.</summary>
    public bool Alive { get; init; } = true;
}

/// <summary>What the rounds so far say.</summary>
public abstract record HealthRuling
{
    private HealthRuling() { }

    /// <summary>Enough rounds in a row have passed, and it stayed so.</summary>
    /// <param name="ServingSince">The first round of that row: since then it served.</param>
    public sealed record Passed(DateTimeOffset ServingSince) : HealthRuling;

    /// <summary>Ask again.</summary>
    /// <param name="Round">Number of the next round.</param>
    /// <param name="NotBefore">When.</param>
    public sealed record Pending(int Round, DateTimeOffset NotBefore) : HealthRuling
    {
        /// <summary>What.</summary>
        public ProbeKind Kind { get; init; }
    }

    /// <summary>It cannot pass any more.</summary>
    public sealed record Failed(string Reason) : HealthRuling;
}
