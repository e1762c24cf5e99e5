using System.Text;
using Moss.Sandboxes;

namespace Moss.Trials.Replaying;

/// <summary>Folders for the sockets of models.</summary>
internal static class ModelFolder
{
    private const int LongestSocketPath = 100;

    /// <summary>Among those of the sandboxes, which a container engine can mount; elsewhere when the path is too long for a socket.</summary>
    public static SandboxFolder Create(SandboxFolders folders)
    {
        var folder = folders.Create();
        if (Encoding.UTF8.GetByteCount(Socket(folder)) <= LongestSocketPath)
        {
            return folder;
        }

        folder.Dispose();
        return new(Directory.CreateTempSubdirectory("moss-model-").FullName);
    }

    /// <summary>The socket in it.</summary>
    public static string Socket(SandboxFolder folder) => Path.Combine(folder.Path, "m");
}
