using System.Text;
using Moss.Domain.Evidence;

namespace Moss.Deployment.Instances;

/// <summary>The end of a log that may be of any size and hold anything.</summary>
internal static class LogTail
{
    /// <summary>Returns at once, and makes the first tail as fast as the next ones: it is read while nothing serves.</summary>
    public static void GetReady() => ThreadPool.QueueUserWorkItem(_ => ForeignText.Clean(""));

    /// <summary>Up to so many bytes from the end, from the start of a line, fit to be kept; empty when there is no log.</summary>
    public static string Read(string file, int bytes)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var cut = stream.Length > bytes;
            stream.Seek(cut ? -bytes : 0, cut ? SeekOrigin.End : SeekOrigin.Begin);
            var buffer = new byte[bytes];
            var text = Encoding.UTF8.GetString(buffer, 0, stream.ReadAtLeast(buffer, bytes, throwOnEndOfStream: false));
            return ForeignText.Clean(cut && text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var line ? text[(line + 1)..] : text);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
