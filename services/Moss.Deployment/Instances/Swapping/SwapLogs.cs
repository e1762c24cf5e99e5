using System.Text;
using Microsoft.Extensions.Logging;
using Moss.Containers.Engine;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>
/// Keeps the end of what containers printed and how they ended, since it goes with them. What cannot be kept holds nothing up: it is asked
/// for while nothing serves.
/// </summary>
internal sealed partial class SwapLogs(ISwapEngine engine, DeploymentFolders folders, ILogger<SwapLogs> logger)
{
    /// <summary>Writes the log file of the instance anew, as a whole.</summary>
    public async Task KeepAsync(string substrate, Instance instance, SwapContainer container, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(folders.Log(substrate, instance.Marker), container, cancellationToken);
        }
        catch (Exception lost) when (lost is EngineException or UnauthorizedAccessException or (IOException and not HostAwayException))
        {
            LogLost(substrate, container.Name, lost.Message);
        }
    }

    private async Task WriteAsync(string file, SwapContainer container, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = file + ".part";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            try
            {
                await engine.CopyLogsAsync(container.Id, stream, cancellationToken);
            }
            catch (EngineException unread)
            {
                await NoteAsync(stream, $"its log cannot be read: {unread.Message}", cancellationToken);
            }

            if ((await engine.FindAsync(container.Id, cancellationToken))?.End is { } end)
            {
                await NoteAsync(stream, end, cancellationToken);
            }
        }

        File.Move(draft, file, overwrite: true);
    }

    private static async Task NoteAsync(FileStream stream, string note, CancellationToken cancellationToken) =>
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"[{note}]\n"), cancellationToken);

    [LoggerMessage(LogLevel.Warning, "{Substrate}: what container {Container} printed could not be kept: {Reason}")]
    private partial void LogLost(string substrate, string container, string reason);
}
