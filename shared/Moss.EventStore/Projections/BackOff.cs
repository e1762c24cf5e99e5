namespace Moss.EventStore.Projections;

/// <summary>How long a failing subscriber pauses: 100 ms, doubled each time, never more than 30 s.</summary>
internal static class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <param name="failures">In a row; 1 or more.</param>
    public static TimeSpan After(int failures)
    {
        var doubled = First * Math.Pow(2, Math.Min(failures - 1, 20));
        return doubled < Longest ? doubled : Longest;
    }
}
