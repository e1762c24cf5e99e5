using System.Formats.Tar;
using System.Globalization;

namespace Moss.Containers.Engine.Archives;

/// <summary>
/// Unpacks an archive that a stranger made. Only files and folders are taken, never links or devices; every path stays below the
/// folder; permissions and owners are not obeyed; size and number are bounded.
/// </summary>
public static class TarUnpacking
{
    /// <summary>Unpacks to the end of the archive.</summary>
    /// <param name="tar">The archive; not disposed of.</param>
    /// <param name="folder">Where to; a folder in which nobody else writes meanwhile.</param>
    /// <param name="limits">How much is taken.</param>
    /// <param name="cancellationToken">Stops in the middle.</param>
    /// <returns>What was left out, in words; empty when nothing was.</returns>
    /// <exception cref="InvalidDataException">It is no archive, its paths lead elsewhere, or it holds more than the limits allow.</exception>
    public static async Task<IReadOnlyList<string>> UnpackAsync(Stream tar, string folder, TarLimits limits, CancellationToken cancellationToken)
    {
        var leftOut = new List<string>();
        var bytes = 0L;
        var entries = 0;
        await using var reader = new TarReader(tar, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (++entries > limits.Entries || (bytes += entry.Length) > limits.Bytes)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"The archive holds more than {limits.Entries} entries or {limits.Bytes} bytes."));
            }

            var path = Below(folder, entry.Name);
            switch (entry.EntryType)
            {
                case TarEntryType.Directory:
                    Directory.CreateDirectory(path);
                    break;
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    await WriteAsync(entry.DataStream, path, cancellationToken);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    leftOut.Add($"{entry.Name}: {entry.EntryType}");
                    break;
            }
        }

        return leftOut;
    }

    private static async Task WriteAsync(Stream? content, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None);
        await (content ?? Stream.Null).CopyToAsync(file, cancellationToken);
    }

    private static string Below(string folder, string name)
    {
        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        return name.StartsWith('/') || name.Contains('\0', StringComparison.Ordinal) || parts.Contains("..")
            ? throw new InvalidDataException($"The archive's path '{name}' leads out of the folder.")
            : Path.Combine([folder, .. parts]);
    }
}

/// <summary>How much of an archive is taken.</summary>
/// <param name="Bytes">Of all its files together.</param>
/// <param name="Entries">Files and folders.</param>
public sealed record TarLimits(long Bytes, int Entries);
