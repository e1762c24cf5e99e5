using System.Text.Json;

namespace Moss.Sandboxes.Processes;

/// <summary>What bubblewrap reports about a run, a line of JSON at a time.</summary>
/// <param name="FirstProcess">Pid, seen from the host, of the first process inside: with it the whole namespace dies. Null when bubblewrap did not get that far.</param>
/// <param name="PidNamespace">The kernel's number of the pid namespace.</param>
/// <param name="ExitCode">How the command ended; null when it was never started, or was killed with everything else.</param>
internal sealed record BubblewrapStatus(int? FirstProcess, long? PidNamespace, int? ExitCode)
{
    public static BubblewrapStatus Parse(string report)
    {
        var status = new BubblewrapStatus(null, null, null);
        foreach (var line in report.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            status = status.With(line);
        }

        return status;
    }

    private BubblewrapStatus With(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return new BubblewrapStatus(
                (int?)Number(document, "child-pid") ?? FirstProcess,
                Number(document, "pid-namespace") ?? PidNamespace,
                (int?)Number(document, "exit-code") ?? ExitCode);
        }
        catch (JsonException)
        {
            // Killed in the middle of a line.
            return this;
        }
    }

    private static long? Number(JsonDocument document, string name) =>
        document.RootElement.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : null;
}
