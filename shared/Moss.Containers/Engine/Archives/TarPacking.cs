using System.Formats.Tar;
using System.IO.Pipelines;

namespace Moss.Containers.Engine.Archives;

/// <summary>Makes archives for the engine, while they are read.</summary>
public static class TarPacking
{
    /// <summary>Two blocks of zeros say that an archive is over.</summary>
    private const int EndLength = 2 * 512;

    /// <summary>An archive of what lies in a folder. Links go into it as links and are not followed.</summary>
    /// <param name="folder">Absolute; its own name is not in the archive.</param>
    public static Stream Folder(string folder) => Streamed((tar, cancellation) => TarFile.CreateFromDirectoryAsync(folder, tar, includeBaseDirectory: false, cancellation));

    /// <summary>An archive of files in memory, all of the same moment, so that the same files give the same bytes.</summary>
    /// <param name="files">Path in the archive and content.</param>
    public static Stream Files(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        var entries = files.ToList();
        return Streamed((tar, cancellation) => WriteAsync(tar, entries, cancellation));
    }

    /// <summary>Files in memory, and after them what an archive holds: one archive of both. Of two of the same path the archive's is unpacked last.</summary>
    /// <param name="files">Path in the archive and content; no more than fit in memory.</param>
    /// <param name="archive">Read to its end and disposed of.</param>
    public static Stream Before(IEnumerable<KeyValuePair<string, byte[]>> files, Stream archive)
    {
        var entries = files.ToList();
        return Streamed(async (tar, cancellation) =>
        {
            await using var rest = archive;
            using var first = new MemoryStream();
            await WriteAsync(first, entries, cancellation);
            await tar.WriteAsync(first.GetBuffer().AsMemory(0, (int)first.Length - EndLength), cancellation);
            await rest.CopyToAsync(tar, cancellation);
        });
    }

    private static async Task WriteAsync(Stream tar, List<KeyValuePair<string, byte[]>> files, CancellationToken cancellationToken)
    {
        await using var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var (path, content) in files)
        {
            await writer.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, path)
            {
                DataStream = new MemoryStream(content),
                Mode = (UnixFileMode)0b110_100_100,
                ModificationTime = DateTimeOffset.UnixEpoch,
            }, cancellationToken);
        }
    }

    /// <summary>A stream whose bytes are made as they are asked for, a few ahead.</summary>
    private static Stream Streamed(Func<Stream, CancellationToken, Task> make)
    {
        var pipe = new Pipe();
        _ = MakeAsync(pipe.Writer, make);
        return pipe.Reader.AsStream();
    }

    private static async Task MakeAsync(PipeWriter writer, Func<Stream, CancellationToken, Task> make)
    {
        try
        {
            await using (var stream = writer.AsStream(leaveOpen: true))
            {
                await make(stream, CancellationToken.None);
            }

            await writer.CompleteAsync();
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // The reader is told.
            await writer.CompleteAsync(new IOException($"The archive could not be made: {broken.Message}", broken));
        }
    }
}
