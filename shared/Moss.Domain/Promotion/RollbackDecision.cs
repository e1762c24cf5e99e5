namespace Moss.Domain.Promotion;

/// <summary>Where to go when a version fails.</summary>
public abstract record RollbackDecision
{
    private RollbackDecision() { }

    /// <summary>Run this one again.</summary>
    public sealed record RollBackTo(DeployedVersion LastKnownGood) : RollbackDecision;

    /// <summary>The failing version has the content of the last known good one: a rollback would loop.</summary>
    public sealed record WouldLoop(DeployedVersion Version) : RollbackDecision;

    /// <summary>No version was ever known to be good.</summary>
    public sealed record NoTarget : RollbackDecision;

    /// <summary>Decides by content: a commit that only says something else in its message is the same program.</summary>
    public static RollbackDecision Decide(DeployedVersion failing, DeployedVersion? lastKnownGood) => lastKnownGood switch
    {
        null => new NoTarget(),
        { } good when good.Tree == failing.Tree => new WouldLoop(good),
        { } good => new RollBackTo(good),
    };
}
