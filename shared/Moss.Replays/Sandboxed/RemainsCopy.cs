namespace Moss.Replays.Sandboxed;

/// <summary>
/// Copies what a trial left for a script grader: regular files alone. A link would be followed inside the grader's sandbox,
/// where it could point at the expected answer.
/// </summary>
internal sealed class RemainsCopy
{
    private const int MaximumDepth = 16;
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    private int files = 1000;
    private long bytes = 64L * 1024 * 1024;

    private RemainsCopy() { }

    /// <summary>Copies until 1,000 files or 64 MiB.</summary>
    public static void Copy(string from, string to) => new RemainsCopy().Copy(new DirectoryInfo(from), to, MaximumDepth);

    private void Copy(DirectoryInfo from, string to, int depth)
    {
        foreach (var entry in from.EnumerateFileSystemInfos("*", Everything))
        {
            if (files-- <= 0 || bytes <= 0)
            {
                return;
            }

            var target = Path.Combine(to, entry.Name);
            switch (entry)
            {
                case { LinkTarget: not null }:
                    break;
                case DirectoryInfo folder when depth > 0:
                    Directory.CreateDirectory(target);
                    Copy(folder, target, depth - 1);
                    break;
                case FileInfo when HostileFile.Read(entry.FullName, (int)bytes) is { } content:
                    bytes -= content.Bytes.Length;
                    using (var copy = File.Create(target))
                    {
                        copy.Write(content.Bytes.Span);
                    }

                    break;
            }
        }
    }
}
