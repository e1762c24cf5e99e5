namespace Moss.Orchestrator.Machine;

/// <summary>The words for what can run out.</summary>
internal static class DeadlineKinds
{
    public const string StageTimeout = nameof(StageTimeout);
    public const string WallClock = nameof(WallClock);
    public const string ConsentExpiry = nameof(ConsentExpiry);
}
