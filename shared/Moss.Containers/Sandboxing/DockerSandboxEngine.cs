using Moss.Containers.Engine;
using Moss.Containers.Engine.Containers;
using Moss.Sandboxes;
using Moss.Sandboxes.Checks;

namespace Moss.Containers.Sandboxing;

/// <summary>The engine that runs images: each run is a container of its own, removed when it is over.</summary>
public sealed class DockerSandboxEngine(EngineClient engine, DockerSandboxOptions options, TimeProvider time) : ISandboxEngine
{
    private readonly OwnContainer self = new(engine);

    /// <inheritdoc/>
    public string Name => "docker";

    /// <inheritdoc/>
    /// <remarks>A container outlives a Moss that is killed: <see cref="DockerSweep"/> ends it.</remarks>
    public async Task<SandboxResult> RunAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if ((SpecCheck.Problem(spec) ?? ContainerCheck.Problem(spec, options)) is { } problem)
        {
            return new SandboxResult.Unavailable(problem);
        }

        var (mounts, refusal) = MountCheck.Resolve(spec.Mounts, MountPlan.Nothing);
        if (refusal is not null)
        {
            return new SandboxResult.Unavailable(refusal);
        }

        try
        {
            return await PrepareAsync(spec with { Mounts = mounts }, cancellationToken) switch
            {
                (null, { } reason) => new SandboxResult.Unavailable(reason),
                (var container, _) => await new ContainerRun(engine, time).ToTheEndAsync(container!, spec, cancellationToken),
            };
        }
        catch (EngineException broken)
        {
            await EngineWait.ForAsync(engine, options.Patience, time, cancellationToken);
            return new SandboxResult.Unavailable(broken.Message);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return new SandboxResult.Unavailable($"The mounts of the run could not be prepared: {broken.Message}");
        }
    }

    private async Task<(ContainerSpec? Container, string? Problem)> PrepareAsync(SandboxSpec spec, CancellationToken cancellationToken)
    {
        var here = await self.FindAsync(cancellationToken);
        var user = SandboxUser.Choose();
        var (mounts, problem) = MountPlan.Of(spec, here.Paths, user);
        if (problem is not null)
        {
            return (null, problem);
        }

        var image = await engine.Images.InspectAsync(spec.Image ?? options.Image!, cancellationToken);
        return (TrialProfile.Of(spec, image, mounts, user, ContainerOwner.Self(here.Id), options), null);
    }
}
