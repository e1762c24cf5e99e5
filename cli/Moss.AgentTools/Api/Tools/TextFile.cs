using System.Text;

namespace Moss.AgentTools.Api.Tools;

/// <summary>Files as text, byte for byte the same when they are written back.</summary>
internal static class TextFile
{
    private const long Largest = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ToolException">It is none, and why.</exception>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new ToolException(Directory.Exists(path) ? $"{path} is a folder: list_files shows what is in it" : $"there is no file {path}");
        }

        if (file.Length > Largest)
        {
            throw new ToolException($"{path} is larger than {Largest} bytes");
        }

        // A pipe has no length either, and whoever opens one waits for its other end.
        if (file.Length == 0)
        {
            return "";
        }

        try
        {
            return Strict.GetString(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            throw new ToolException($"{path} is not a text in UTF-8");
        }
    }

    public static Task WriteAsync(string path, string text, CancellationToken cancellationToken) =>
        File.WriteAllBytesAsync(path, new UTF8Encoding(false).GetBytes(text), cancellationToken);
}
