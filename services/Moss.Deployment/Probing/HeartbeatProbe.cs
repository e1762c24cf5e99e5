using Moss.Substrates;

namespace Moss.Deployment.Probing;

/// <summary>
/// A file below the state folder was written lately, and by this instance: what an earlier one left says nothing, however
/// young it is.
/// </summary>
internal static class HeartbeatProbe
{
    public static ProbeVerdict Read(string stateFolder, Probe.Heartbeat probe, DateTimeOffset since, DateTimeOffset now)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(stateFolder));
        var path = Path.GetFullPath(Path.Combine(root, probe.File));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return new ProbeVerdict(false, $"heartbeat {probe.File} lies outside the state folder");
        }

        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null)
        {
            return new ProbeVerdict(false, $"heartbeat {probe.File} is not there");
        }

        var written = new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero);
        if (written < since)
        {
            return new ProbeVerdict(false, $"heartbeat {probe.File} was not written since the start");
        }

        // A time to come would stay young for ever.
        var age = (now - written).Duration();
        return new ProbeVerdict(age <= probe.MaximumAge, $"heartbeat {probe.File} is {age.TotalSeconds:0.0} s old");
    }
}
