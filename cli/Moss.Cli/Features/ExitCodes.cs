namespace Moss.Cli.Features;

/// <summary>What the exit code of every command means; the README has the same table.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int DoesNotConform = 1;
    public const int NotUndone = 1;
    public const int NotGuarded = 1;
    public const int Usage = 2;
    public const int NotReachable = 3;
    public const int NotPromoted = 4;
    public const int AuditFailed = 5;
    public const int VerdictDiffers = 6;
    public const int Cancelled = 130;
}
