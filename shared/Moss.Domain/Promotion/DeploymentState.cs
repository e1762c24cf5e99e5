namespace Moss.Domain.Promotion;

/// <summary>What should be running.</summary>
public enum DeploymentPhase
{
    /// <summary>Nothing: it was never started, or a person stopped it.</summary>
    Stopped,

    /// <summary>An instance whose start was decided and not yet confirmed.</summary>
    Starting,

    /// <summary>An instance that passed its probes.</summary>
    Serving,

    /// <summary>A person asked for a stop that was not yet seen to be done.</summary>
    Stopping,
}

/// <summary>The fold of a substrate's deployment events: what runs, and what a rollback returns to, each on its own record.</summary>
public sealed partial record DeploymentState
{
    /// <summary>Before anything happened.</summary>
    public static DeploymentState None { get; } = new();

    /// <summary>What should be running.</summary>
    public DeploymentPhase Phase { get; init; }

    /// <summary>The instance that serves, is being started, or served last.</summary>
    public Instance? Current { get; init; }

    /// <summary>The instance that it took over from, told by its container where it had another one's place; null when there was none.</summary>
    public Instance? Before { get; init; }

    /// <summary>Its process as last seen.</summary>
    public InstanceProcess? Process { get; init; }

    /// <summary>Why it runs.</summary>
    public ServingCause Cause { get; init; }

    /// <summary>When the current phase began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The version that served last; null when none ever did.</summary>
    public DeployedVersion? Served { get; init; }

    /// <summary>What a rollback returns to.</summary>
    public DeployedVersion? LastKnownGood { get; init; }

    /// <summary>Evolution whose promotion is going on; null when none is.</summary>
    public Guid? Promotion { get; init; }

    /// <summary>The fold.</summary>
    public static DeploymentState Of(IEnumerable<DeploymentEvent> events) => events.Aggregate(None, (state, happened) => state.Apply(happened));

    /// <summary>The state after one more event.</summary>
    public DeploymentState Apply(DeploymentEvent happened) => ApplyToInstance(happened).ApplyToWatch(happened);

    private DeploymentState ApplyToInstance(DeploymentEvent happened) => happened switch
    {
        InstanceStartRequested e => this with
        {
            Phase = DeploymentPhase.Starting, Current = e.Instance, Process = null, Cause = e.Cause, Since = e.At, Before = OtherThan(e.Instance),
        },
        InstanceStartFailed e => this with { Phase = DeploymentPhase.Stopped, Process = null, Since = e.At },
        InstanceServing e => this with
        {
            Phase = DeploymentPhase.Serving, Current = e.Instance, Process = e.Process, Cause = e.Cause, Since = e.At,
            Served = e.Instance.Version, Before = OtherThan(e.Instance),
        },
        InstanceStopRequested e => this with { Phase = DeploymentPhase.Stopping, Since = e.At },
        InstanceStopped e => this with { Phase = DeploymentPhase.Stopped, Process = null, Since = e.At },
        LastKnownGoodKept e => this with { LastKnownGood = e.Version },
        PromotionOpened e => this with { Promotion = e.Evolution },
        PromotionClosed => this with { Promotion = null },
        _ when IsOfWatch(happened) => this,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "an event without a meaning for the fold"),
    };

    private Instance? OtherThan(Instance next) => Current is not { } current || current.Marker == next.Marker ? Before
        : current.Recipe is { Adopted: null } recipe ? current with { Recipe = recipe with { Adopted = Process?.Container } }
        : current;
}
