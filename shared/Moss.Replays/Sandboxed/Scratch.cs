using System.Diagnostics;
using Moss.Sandboxes;

namespace Moss.Replays.Sandboxed;

/// <summary>The folder of one replay: gone when it is over, whatever the candidate did to names and permissions in it.</summary>
public sealed class Scratch : IDisposable
{
    private readonly SandboxFolder folder;

    private Scratch(SandboxFolder folder) => this.folder = folder;

    /// <summary>Absolute.</summary>
    public string Path => folder.Path;

    /// <summary>A fresh folder of this process; what a killed process left is swept with its sandboxes.</summary>
    public static Scratch Create(SandboxFolders folders) => new(folders.Create());

    /// <summary>Makes a folder in it.</summary>
    public string Folder(string name) => Directory.CreateDirectory(System.IO.Path.Combine(Path, name)).FullName;

    /// <summary>Writes a file in it.</summary>
    public string File(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        folder.Dispose();
        if (Directory.Exists(Path))
        {
            // Most likely a name that is not UTF-8, which .NET cannot spell.
            Run("chmod", "-R", "u+rwx", Path);
            Run("rm", "-rf", Path);
        }
    }

    private static void Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process?.StandardError.ReadToEnd();
        process?.WaitForExit();
    }
}
