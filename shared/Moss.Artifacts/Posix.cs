using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Moss.Artifacts;

/// <summary>The two calls that .NET lacks: a link that never replaces, and the sync of a folder.</summary>
internal static partial class Posix
{
    private const int Exists = 17;
    private const int ReadOnlyDirectory = 0x10000;

    /// <summary>Gives a file a second name, atomically; false when the name is taken.</summary>
    public static bool TryLink(string file, string name)
    {
        if (Link(file, name) == 0)
        {
            return true;
        }

        var error = Marshal.GetLastPInvokeError();
        return error == Exists ? false : throw new IOException($"cannot link {name}: {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>Makes names that were added to a folder durable. File systems that cannot do it do not need it.</summary>
    public static void SyncFolder(string folder)
    {
        var descriptor = Open(folder, ReadOnlyDirectory);
        if (descriptor < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            throw new IOException($"cannot open {folder}: {Marshal.GetPInvokeErrorMessage(error)}", error);
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        _ = Sync(handle);
    }

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string file, string name);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(SafeFileHandle handle);
}
