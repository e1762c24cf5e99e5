namespace Moss.Consents;

/// <summary>Where an approver keeps the private key: a file that nobody else can read.</summary>
public static class KeyFile
{
    private const int LongestFile = 64 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    /// <summary>Writes a new file with mode 0600. One that is there already is left alone.</summary>
    /// <exception cref="KeyFileException">It is there, or cannot be written.</exception>
    public static void Write(string path, PrivateKey key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        try
        {
            using var writer = new StreamWriter(path, options);
            writer.Write(key.WritePem());
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(File.Exists(path) ? "it is there already" : denied.Message, "name a new file in a folder that you may write");
        }
    }

    /// <summary>Reads it, unless others could read it too.</summary>
    /// <exception cref="KeyFileException">It cannot be read or holds no key, or the group or others have any right to it.</exception>
    public static PrivateKey Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0)
            {
                throw new KeyFileException("others on this machine may read or change it", $"take that away, if nobody has used it yet: chmod 600 {path}");
            }

            return new FileInfo(path).Length <= LongestFile
                ? PrivateKey.ReadPem(File.ReadAllText(path))
                : throw new KeyFileException("it is too long for a key", "give the file that `moss consent key` wrote");
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new KeyFileException(denied.Message, "name the file that `moss consent key` wrote");
        }
    }
}

/// <summary>A key file cannot be used; the message says why.</summary>
/// <param name="message">What is wrong with it.</param>
/// <param name="fix">What to do.</param>
public sealed class KeyFileException(string message, string fix) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Fix { get; } = fix;
}
