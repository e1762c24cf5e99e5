using Moss.Containers;
using Moss.Containers.Building;
using Moss.Containers.Engine;
using Moss.Containers.Sandboxing;
using Moss.Workspaces;

namespace Moss.Trials.Sandboxing;

/// <summary>The container engine as trials use it. Nothing is connected before the first use.</summary>
internal sealed class TrialContainers : IDisposable
{
    private readonly EngineClient client;
    private readonly SandboxesOptions options;
    private readonly TimeProvider time;

    public TrialContainers(SandboxesOptions options, TrialsOptions trials, IWorkspaceReader workspaces, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        client = new EngineClient(new EngineOptions { Socket = options.Socket }, time);
        Engine = new DockerSandboxEngine(
            client,
            new DockerSandboxOptions { Image = options.Image, Processors = options.Processors, Runtime = options.Runtime, Patience = options.Patience },
            time);
        Images = new CommitImages(client, workspaces, new CommitImageOptions { MemoryBytes = trials.StepMemoryBytes }, time);
        Containers = new DockerSweep(client);
        OldImages = new CommitImageSweep(client, options.ImageRetention, time);
    }

    /// <summary>Runs containers.</summary>
    public DockerSandboxEngine Engine { get; }

    /// <summary>Builds commits.</summary>
    public CommitImages Images { get; }

    /// <summary>Removes containers that killed runners left.</summary>
    public DockerSweep Containers { get; }

    /// <summary>Removes images that nobody will ask for.</summary>
    public CommitImageSweep OldImages { get; }

    /// <summary>Waits for an engine that is away, as long as the settings allow.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => EngineWait.ForAsync(client, options.Patience, time, cancellationToken);

    public void Dispose() => client.Dispose();
}
