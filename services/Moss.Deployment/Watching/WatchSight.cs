using Moss.Domain.Promotion;

namespace Moss.Deployment.Watching;

/// <summary>What a process remembers of a substrate between two looks; none of it has to outlive the process.</summary>
/// <param name="deployment">Read on from where it stands at each look, and written with the substrate's lock alone.</param>
internal sealed class WatchSight(Journal<DeploymentState, DeploymentEvent> deployment)
{
    private long? counted;

    public Journal<DeploymentState, DeploymentEvent> Deployment => deployment;

    /// <summary>True when this process was looking just before: what ended since then ended by itself and not with the machine.</summary>
    public bool Looking { get; set; }

    /// <summary>An evolution whose promotion is not to be watched.</summary>
    public Guid? NotWatched { get; set; }

    /// <summary>Time since the last read, by the clock that no person sets; none when nothing was read yet, or nobody looked since.</summary>
    public TimeSpan SinceRead(TimeProvider clock) => counted is { } from ? clock.GetElapsedTime(from) : TimeSpan.Zero;

    /// <summary>True when it is time for a read: at first, and then every interval.</summary>
    public bool IsDue(TimeProvider clock, TimeSpan interval) => counted is null || SinceRead(clock) >= interval;

    /// <summary>A read was counted.</summary>
    public void Counted(TimeProvider clock) => counted = clock.GetTimestamp();

    /// <summary>Nothing is watched now: the time until the next read is not watched time.</summary>
    public void Rest() => counted = null;
}
