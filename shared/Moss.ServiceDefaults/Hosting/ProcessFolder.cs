namespace Moss.ServiceDefaults.Hosting;

/// <summary>The folder of one process, which it holds as long as it lives. Nothing in it is needed by another.</summary>
public sealed class ProcessFolder : IDisposable
{
    private readonly FileStream held;

    private ProcessFolder(string root, FileStream held) => (Root, this.held) = (root, held);

    /// <summary>Absolute.</summary>
    public string Root { get; }

    /// <summary>The path of something in it.</summary>
    public string In(string name) => Path.Combine(Root, name);

    /// <summary>Makes the folder when it is missing, and takes it.</summary>
    /// <exception cref="Configuration.SettingsException">It cannot be made or written, or another process has it.</exception>
    public static ProcessFolder Take(string root)
    {
        try
        {
            Directory.CreateDirectory(root);
            return new(root, new FileStream(Path.Combine(root, "moss.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new Configuration.SettingsException($"Moss:Data is {root}, which cannot be written ({refused.Message}): name a folder that this user may write");
        }
        catch (IOException broken)
        {
            throw new Configuration.SettingsException($"Moss:Data is {root}, which cannot be used ({broken.Message}): give each process a folder of its own");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => held.Dispose();
}
