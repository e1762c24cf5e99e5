namespace Moss.Standalone.Hosting;

/// <summary>Everything that Moss keeps, below one folder that one process holds at a time.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string root, FileStream held) => (Root, this.held) = (root, held);

    public string Root { get; }

    public string Database => In("moss.db");

    public string Artifacts => In("artifacts");

    public string Sandboxes => In("sandboxes");

    public string Sessions => In("sessions");

    public string BuiltTrees => In("built");

    public string Deployments => In("deployments");

    public string LogFile => In("logs", "moss.log");

    /// <summary>Where a command finds the address of the process that holds the folder.</summary>
    public string Announcement => In("moss.json");

    /// <summary>Takes the folder; fails when another Moss has it.</summary>
    public static DataFolder Open(string? path)
    {
        var root = Path.GetFullPath(string.IsNullOrWhiteSpace(path) ? ".moss" : path);
        Directory.CreateDirectory(Path.Combine(root, "logs"));
        try
        {
            return new(root, new FileStream(Path.Combine(root, "moss.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken)
        {
            throw new InvalidOperationException($"another Moss runs in {root}: stop it, or name another folder with --data", taken);
        }
    }

    public void Dispose() => held.Dispose();

    private string In(params string[] parts) => Path.Combine([Root, .. parts]);
}
