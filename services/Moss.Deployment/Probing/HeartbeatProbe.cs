using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>
/// A file below the state folder was written lately, and by this instance: what an earlier one left says nothing, however
/// young it is.
/// </summary>
internal static class HeartbeatProbe
{
    /// <summary>The file's path; null when it leads out of the folder.</summary>
    public static string? PathBelow(string root, Probe.Heartbeat probe)
    {
        var path = Path.GetFullPath(Path.Combine(root, probe.File));
        return path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : null;
    }

    public static ProbeVerdict Outside(Probe.Heartbeat probe) => new(false, $"heartbeat {probe.File} lies outside the state folder");

    /// <param name="probe">What is asked.</param>
    /// <param name="written">When the file was written; null when there is none, or it is a link.</param>
    /// <param name="since">When the start of the instance was decided.</param>
    /// <param name="now">The present.</param>
    public static ProbeVerdict Judge(Probe.Heartbeat probe, DateTimeOffset? written, DateTimeOffset since, DateTimeOffset now)
    {
        if (written is not { } moment)
        {
            return new ProbeVerdict(false, $"heartbeat {probe.File} is not there");
        }

        if (moment < since)
        {
            return new ProbeVerdict(false, $"heartbeat {probe.File} was not written since the start");
        }

        // A time to come would stay young for ever.
        var age = (now - moment).Duration();
        return new ProbeVerdict(age <= probe.MaximumAge, $"heartbeat {probe.File} is {age.TotalSeconds:0.0} s old");
    }
}
