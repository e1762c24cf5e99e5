using System.Runtime.Versioning;

namespace Moss.Testing;

/// <summary>A folder of a test's own, gone with everything in it when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Creates it below the machine's temporary folder.</summary>
    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("moss-test-").FullName;

    /// <summary>Absolute, without a slash at the end.</summary>
    public string Path { get; }

    /// <summary>The absolute path of something below it, which need not exist.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a file, with the folders that lead to it, and returns its absolute path.</summary>
    public string Write(string relativePath, string content)
    {
        var file = Combine(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return file;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!Directory.Exists(Path))
        {
            return;
        }

        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (UnauthorizedAccessException) when (!OperatingSystem.IsWindows())
        {
            MakeWritable();
            Directory.Delete(Path, recursive: true);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private void MakeWritable()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path, "*", Everything).Prepend(Path))
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
