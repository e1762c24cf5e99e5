namespace Moss.Deployment.Instances.Containers;

/// <summary>Keeps what containers printed, since it goes with them.</summary>
internal sealed class ContainerLogs(IInstanceEngine engine, DeploymentFolders folders)
{
    /// <summary>Writes the log file of the instance anew, as a whole; the log driver bounds its size.</summary>
    public async Task KeepAsync(SeenContainer container, CancellationToken cancellationToken)
    {
        var substrate = container.Label(ContainerNames.SubstrateLabel);
        var file = folders.Log(substrate, container.Label(ContainerNames.InstanceLabel));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var draft = file + ".part";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            await engine.CopyLogsAsync(container.Name, stream, cancellationToken);
        }

        File.Move(draft, file, overwrite: true);
    }
}
