using System.Globalization;
using Moss.Processes;

namespace Moss.Sandboxes;

/// <summary>
/// Folders on the host that live as long as runs need them: one below the root for each Moss process, so that what a killed
/// one left can be told from what is in use.
/// </summary>
public sealed class SandboxFolders : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string own;
    private long last;

    /// <summary>Makes the folder of this process.</summary>
    /// <param name="root">The <c>sandboxes</c> folder of the data folder; made when missing.</param>
    public SandboxFolders(string root)
    {
        Root = Path.GetFullPath(root);
        own = Path.Combine(Root, $"{ProcessTable.Self}.{Guid.NewGuid():N}");
        MakePrivate(own);
    }

    /// <summary>Holds the folders of every Moss process that uses the same data folder.</summary>
    public string Root { get; }

    /// <summary>A new empty folder, readable by this user alone, for one run; gone with everything in it when disposed.</summary>
    public SandboxFolder Create()
    {
        var path = Path.Combine(own, "runs", Interlocked.Increment(ref last).ToString(CultureInfo.InvariantCulture));
        MakePrivate(path);
        return new SandboxFolder(path);
    }

    /// <summary>Removes the folder of this process.</summary>
    public void Dispose() => FolderRemoval.Remove(own);

    internal string Own(string name) => Path.Combine(own, name);

    /// <summary>Whose folder it is, from its name; null when it is nobody's.</summary>
    internal static ProcessIdentity? Owner(string name) =>
        name.LastIndexOf('.') is > 0 and var end ? ProcessIdentity.Parse(name[..end]) : null;

    private static void MakePrivate(string path) => Directory.CreateDirectory(path, OwnerOnly);
}

/// <summary>One folder for one run.</summary>
/// <param name="Path">Absolute.</param>
public sealed record SandboxFolder(string Path) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => FolderRemoval.Remove(Path);
}
