namespace Moss.ModelProxy.Metering;

/// <summary>Tokens from bytes, for when nobody says.</summary>
internal static class TokenEstimate
{
    private const int UsualBytes = 4;
    private const int FewestBytes = 3;

    /// <summary>What a text of this length usually makes.</summary>
    public static long Of(long bytes) => (bytes + UsualBytes - 1) / UsualBytes;

    /// <summary>What a request of this length seldom exceeds.</summary>
    public static long AtMost(long bytes) => (bytes + FewestBytes - 1) / FewestBytes;
}
