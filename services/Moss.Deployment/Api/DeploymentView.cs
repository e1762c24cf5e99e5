namespace Moss.Deployment.Api;

/// <summary>A version, as the API shows it.</summary>
public sealed record VersionView(string Commit, string Tree)
{
    /// <summary>Id of the image that it runs; null when it runs its files.</summary>
    public string? Image { get; init; }
}

/// <summary>A substrate's deployment, as the API shows it.</summary>
public record DeploymentSummary
{
    /// <summary>Name.</summary>
    public required string Substrate { get; init; }

    /// <summary>stopped, starting, serving or stopping.</summary>
    public required string Phase { get; init; }

    /// <summary>Whether its process lives now.</summary>
    public required bool Running { get; init; }

    /// <summary>The version that serves or served last; null when none ever did.</summary>
    public VersionView? Current { get; init; }

    /// <summary>What a rollback returns to.</summary>
    public VersionView? LastKnownGood { get; init; }

    /// <summary>Loopback port; 0 for none.</summary>
    public int Port { get; init; }

    /// <summary>Its process; null when it does not live.</summary>
    public int? Pid { get; init; }

    /// <summary>Id of the container in which it runs; null when it runs in none.</summary>
    public string? Container { get; init; }

    /// <summary>start, repair, promotion or rollback; null when nothing was ever started.</summary>
    public string? Cause { get; init; }

    /// <summary>When the phase began; null when nothing was ever started.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Evolution whose promotion goes on now; null when none does.</summary>
    public Guid? Promotion { get; init; }

    /// <summary>The newest watch of a promoted version, also when it has ended; null when there never was one.</summary>
    public WatchView? Watch { get; init; }
}

/// <summary>A deployment with its health and history.</summary>
public sealed record DeploymentDetail : DeploymentSummary
{
    /// <summary>Asked now; null when nothing runs.</summary>
    public HealthView? Health { get; init; }

    /// <summary>Absolute path of the current instance's log; null when there never was one.</summary>
    public string? LogPath { get; init; }

    /// <summary>Absolute path of the state folder that all versions share; null when it is a volume.</summary>
    public string? StatePath { get; init; }

    /// <summary>The container engine's name of the volume with the state that all versions share; null when it is a folder.</summary>
    public string? StateVolume { get; init; }

    /// <summary>Oldest first; the steps and probes of its promotions stand between their opening and closing.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }
}

/// <summary>What one round of probes says now.</summary>
/// <param name="Healthy">True when every probe passed.</param>
/// <param name="Detail">What was seen, probe by probe.</param>
/// <param name="At">When it was asked.</param>
public sealed record HealthView(bool Healthy, string Detail, DateTimeOffset At);

/// <summary>One thing that happened to the deployment or in one of its promotions.</summary>
/// <param name="At">When.</param>
/// <param name="Event">What, such as <c>instanceServing</c>.</param>
/// <param name="Commit">The version it is about, when it is about one.</param>
/// <param name="Detail">More, for people.</param>
public sealed record HistoryEntry(DateTimeOffset At, string Event, string? Commit, string? Detail);

/// <summary>What to start.</summary>
/// <param name="Reference">Branch, tag or commit; left out for the version that served last, else the stable branch.</param>
public sealed record StartDeployment(string? Reference);

/// <summary>What to take back.</summary>
/// <param name="By">Who asks; left out for anonymous.</param>
/// <param name="Reason">Why; kept with the evolution and its batch.</param>
public sealed record RollBackDeployment(string? By, string? Reason)
{
    internal const int Longest = 2000;
}
