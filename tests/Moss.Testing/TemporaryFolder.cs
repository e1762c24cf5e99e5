using System.Runtime.Versioning;

namespace Moss.Testing;

/// <summary>A folder of a test's own, gone with everything in it when the test ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>A few seconds.</summary>
    private const int MostLooks = 2000;

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
    /// <remarks>What a program that was killed has started may still write for a moment, and meets a folder that goes away.</remarks>
    public void Dispose()
    {
        var wait = default(SpinWait);
        while (Directory.Exists(Path))
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (UnauthorizedAccessException) when (!OperatingSystem.IsWindows() && wait.Count < MostLooks)
            {
                MakeWritable();
                wait.SpinOnce();
            }
            catch (IOException) when (wait.Count < MostLooks)
            {
                wait.SpinOnce();
            }
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
