namespace Moss.Sandboxes.Ceilings;

/// <summary>Files of the cgroup file system: written in place, never created or cut.</summary>
internal static class ControlFile
{
    public static void Write(string path, string value)
    {
        using var writer = new StreamWriter(new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 1));
        writer.Write(value);
    }

    /// <summary>False when the kernel or the permissions refuse.</summary>
    public static bool TryWrite(string path, string value)
    {
        try
        {
            Write(path, value);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
