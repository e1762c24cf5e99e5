using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Moss.Replays.Sandboxed;

/// <summary>
/// Reads files that a candidate left. It may have left a link to a file of the host, a pipe that nobody writes, or a file
/// without end: only a regular file is read, and only its beginning.
/// </summary>
internal static partial class HostileFile
{
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private static readonly int NoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    /// <summary>The first <paramref name="limit"/> bytes; null when there is no regular file.</summary>
    public static HostileContent? Read(string path, int limit)
    {
        using var handle = Open(path, NoFollow | NonBlocking | CloseOnExec, 0);
        if (handle.IsInvalid)
        {
            return null;
        }

        try
        {
            using var stream = new FileStream(handle, FileAccess.Read, bufferSize: 0);
            if (!stream.CanSeek)
            {
                return null;
            }

            var length = stream.Length;
            var bytes = new byte[Math.Min(length, limit)];
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return new(bytes.AsMemory(0, read), length);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // A folder, a device.
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags, int mode);
}

/// <summary>The beginning of a file.</summary>
/// <param name="Bytes">At most as many as asked for.</param>
/// <param name="Length">Of the whole file.</param>
internal sealed record HostileContent(ReadOnlyMemory<byte> Bytes, long Length)
{
    public bool IsCut => Length > Bytes.Length;

    /// <summary>As text: invalid UTF-8 replaced, and a last line that says so when it was cut.</summary>
    public string Text(string name)
    {
        var text = Encoding.UTF8.GetString(Bytes.Span);
        return IsCut ? string.Create(CultureInfo.InvariantCulture, $"{text}\n[Moss cut this {name}: {Bytes.Length:N0} of {Length:N0} bytes]") : text;
    }
}
