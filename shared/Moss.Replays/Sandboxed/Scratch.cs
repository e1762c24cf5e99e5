using System.Diagnostics;

namespace Moss.Replays.Sandboxed;

/// <summary>The folder of one replay: gone when it is over, whatever the candidate did to names and permissions in it.</summary>
public sealed class Scratch : IDisposable
{
    private const string Prefix = "replay-";

    private Scratch(string path) => Path = path;

    /// <summary>Absolute.</summary>
    public string Path { get; }

    /// <summary>A fresh folder below <paramref name="root"/>, which is made when missing.</summary>
    public static Scratch Create(string root)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(root), Prefix + System.IO.Path.GetRandomFileName());
        Directory.CreateDirectory(path);
        return new(path);
    }

    /// <summary>Removes what a killed Moss left below <paramref name="root"/>; returns how many folders there were. Only while nothing runs.</summary>
    public static int Sweep(string root)
    {
        string[] left = Directory.Exists(root) ? Directory.GetDirectories(root, Prefix + "*") : [];
        foreach (var folder in left)
        {
            Remove(folder);
        }

        return left.Length;
    }

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
    public void Dispose() => Remove(Path);

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception stubborn) when (stubborn is IOException or UnauthorizedAccessException)
        {
            // Folders without permissions, and names that are not UTF-8, which .NET cannot spell. What still stays is
            // swept at the next start.
            Run("chmod", "-R", "u+rwx", folder);
            Run("rm", "-rf", folder);
        }
    }

    private static void Run(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process?.StandardError.ReadToEnd();
        process?.WaitForExit();
    }
}
