using System.Text;
using Moss.Domain.Promotion;

namespace Moss.Deployment.Instances.Swapping;

/// <summary>Keeps what containers printed and how they ended, since it goes with them.</summary>
internal sealed class SwapLogs(ISwapEngine engine, DeploymentFolders folders)
{
    /// <summary>Writes the log file of the instance anew, as a whole.</summary>
    public async Task KeepAsync(string substrate, Instance instance, SwapContainer container, CancellationToken cancellationToken)
    {
        var file = folders.Log(substrate, instance.Marker);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = file + ".part";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await engine.CopyLogsAsync(container.Id, stream, cancellationToken);
            if ((await engine.FindAsync(container.Id, cancellationToken))?.End is { } end)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"[{end}]\n"), cancellationToken);
            }
        }

        File.Move(draft, file, overwrite: true);
    }
}
