using System.Formats.Tar;
using Moss.Containers.Engine;

namespace Moss.Services.Tests.Deployment.Containers;

/// <summary>Reads files of containers, running or not.</summary>
internal static class StateVolume
{
    /// <summary>The text of a file; null when it or the container is not there.</summary>
    public static async Task<string?> TryReadAsync(EngineClient engine, string container, string path)
    {
        try
        {
            await using var tar = await engine.Containers.CopyOutAsync(container, path, CancellationToken.None);
            await using var reader = new TarReader(tar);
            var entry = await reader.GetNextEntryAsync();
            using var text = new StreamReader(entry!.DataStream ?? Stream.Null);
            return await text.ReadToEndAsync();
        }
        catch (EngineException missing) when (missing.Kind == EngineFailure.NotFound)
        {
            return null;
        }
    }
}
