using Moss.Replays;

namespace Moss.Trials.Building;

/// <summary>What trials of a commit run on.</summary>
internal abstract record BuiltSource
{
    private BuiltSource() { }

    /// <param name="Source">A tree, or an image.</param>
    public sealed record Ready(ReplaySource Source) : BuiltSource;

    /// <param name="Reason">A line.</param>
    /// <param name="Log">All that was kept of what the build printed.</param>
    public sealed record Refused(string Reason, string Log) : BuiltSource;
}
